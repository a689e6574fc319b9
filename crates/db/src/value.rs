//! Values on their way into and out of either engine, native in each: ids, days, instants, words.

use jiff::{Timestamp, civil::Date};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};
use sqlx::sqlite::{SqliteTypeInfo, SqliteValueRef};
use sqlx::{Database, Decode, Encode, Postgres, Sqlite, Type};
use uuid::Uuid;

/// A calendar day: `date` in PostgreSQL, `YYYY-MM-DD` in SQLite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub Date);

/// An instant to the microsecond: `timestamptz` in PostgreSQL, microseconds since 1970 in SQLite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(pub Timestamp);

/// One value of a statement. Each kind may be absent, so that a null keeps its type.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names of the kinds say it")]
pub enum Value {
    Key(Option<Uuid>),
    Text(Option<String>),
    Int(Option<i64>),
    Bool(Option<bool>),
    Day(Option<Date>),
    At(Option<Timestamp>),
    Bytes(Option<Vec<u8>>),
}

/// What can be given to a statement. Ids of practice deref to `Uuid` and so work too; an optional id is
/// mapped to its `Uuid` first.
pub trait ToValue {
    /// The value.
    fn value(&self) -> Value;
}

macro_rules! to_value {
    ($($from:ty => $kind:ident |$it:ident| $body:expr;)*) => {$(
        impl ToValue for $from {
            fn value(&self) -> Value {
                let $it = self;
                Value::$kind(Some($body))
            }
        }
        impl ToValue for Option<$from> {
            fn value(&self) -> Value {
                Value::$kind(self.as_ref().map(|$it| $body))
            }
        }
    )*};
}

to_value! {
    Uuid => Key |it| *it;
    String => Text |it| it.clone();
    &str => Text |it| (*it).to_owned();
    &String => Text |it| (*it).clone();
    i64 => Int |it| *it;
    i32 => Int |it| i64::from(*it);
    u32 => Int |it| i64::from(*it);
    bool => Bool |it| *it;
    Date => Day |it| *it;
    Timestamp => At |it| *it;
    Vec<u8> => Bytes |it| it.clone();
    &[u8] => Bytes |it| it.to_vec();
    [u8; 32] => Bytes |it| it.to_vec();
    &[u8; 32] => Bytes |it| it.to_vec();
}

impl ToValue for Value {
    fn value(&self) -> Value {
        self.clone()
    }
}

impl ToValue for str {
    fn value(&self) -> Value {
        Value::Text(Some(self.to_owned()))
    }
}

/// Days from 1970 to 2000, and microseconds, which is where PostgreSQL counts from.
const EPOCH_2000: Date = jiff::civil::date(2000, 1, 1);
const MICROS_2000: i64 = 946_684_800_000_000;

impl Type<Sqlite> for Day {
    fn type_info() -> SqliteTypeInfo {
        <str as Type<Sqlite>>::type_info()
    }
}

impl<'r> Decode<'r, Sqlite> for Day {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(<&str as Decode<Sqlite>>::decode(value)?.parse()?))
    }
}

impl Encode<'_, Sqlite> for Day {
    fn encode_by_ref(
        &self,
        buffer: &mut <Sqlite as Database>::ArgumentBuffer,
    ) -> Result<IsNull, BoxDynError> {
        <String as Encode<Sqlite>>::encode(self.0.to_string(), buffer)
    }
}

impl Type<Postgres> for Day {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("date")
    }
}

impl<'r> Decode<'r, Postgres> for Day {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let days = i32::from_be_bytes(value.as_bytes()?.try_into()?);
        Ok(Self(EPOCH_2000.checked_add(jiff::Span::new().try_days(days)?)?))
    }
}

impl Encode<'_, Postgres> for Day {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let days = EPOCH_2000.until(self.0)?.get_days();
        <i32 as Encode<Postgres>>::encode(days, buffer)
    }
}

impl Type<Sqlite> for At {
    fn type_info() -> SqliteTypeInfo {
        <i64 as Type<Sqlite>>::type_info()
    }
}

impl<'r> Decode<'r, Sqlite> for At {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(Timestamp::from_microsecond(<i64 as Decode<Sqlite>>::decode(value)?)?))
    }
}

impl Encode<'_, Sqlite> for At {
    fn encode_by_ref(
        &self,
        buffer: &mut <Sqlite as Database>::ArgumentBuffer,
    ) -> Result<IsNull, BoxDynError> {
        <i64 as Encode<Sqlite>>::encode(self.0.as_microsecond(), buffer)
    }
}

impl Type<Postgres> for At {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("timestamptz")
    }
}

impl<'r> Decode<'r, Postgres> for At {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let micros = i64::from_be_bytes(value.as_bytes()?.try_into()?);
        Ok(Self(Timestamp::from_microsecond(micros + MICROS_2000)?))
    }
}

impl Encode<'_, Postgres> for At {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <i64 as Encode<Postgres>>::encode(self.0.as_microsecond() - MICROS_2000, buffer)
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        day.0
    }
}

impl From<At> for Timestamp {
    fn from(at: At) -> Self {
        at.0
    }
}

impl ToValue for Day {
    fn value(&self) -> Value {
        Value::Day(Some(self.0))
    }
}

impl ToValue for At {
    fn value(&self) -> Value {
        Value::At(Some(self.0))
    }
}
