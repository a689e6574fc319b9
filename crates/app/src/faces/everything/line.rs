//! One row as one line: a JSON object with every column by its name, in the order of the table.

use data_encoding::HEXLOWER;
use db::Value;
use db::whole::{Kind, Table};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::io::Write;

/// Adds a row's line.
///
/// # Errors
/// Where the words of a column cannot be written as JSON, which no words are.
pub fn write_line(line: &mut Vec<u8>, table: &Table, row: &[Value]) -> std::io::Result<()> {
    for (at, ((name, _), value)) in table.columns.iter().zip(row).enumerate() {
        write!(line, "{}\"{name}\":", if at == 0 { '{' } else { ',' })?;
        write_value(line, value)?;
    }
    line.extend_from_slice(b"}\n");
    Ok(())
}

fn write_value(line: &mut Vec<u8>, value: &Value) -> std::io::Result<()> {
    match value {
        Value::Key(Some(id)) => write!(line, "\"{id}\""),
        Value::Text(Some(words)) => serde_json::to_writer(line, words).map_err(Into::into),
        Value::Int(Some(number)) => write!(line, "{number}"),
        Value::Bool(Some(yes)) => write!(line, "{yes}"),
        Value::Day(Some(day)) => write!(line, "\"{day}\""),
        Value::At(Some(at)) => write!(line, "\"{at}\""),
        Value::Bytes(Some(bytes)) => write!(line, "\"{}\"", HEXLOWER.encode(bytes)),
        _ => write!(line, "null"),
    }
}

/// Reads a row's line.
///
/// # Errors
/// In words, what is wrong with it and at which character.
pub fn read_line(table: &Table, line: &[u8]) -> Result<Vec<Value>, String> {
    let mut json = serde_json::Deserializer::from_slice(line);
    let row = Row(table).deserialize(&mut json).and_then(|row| json.end().map(|()| row));
    row.map_err(|error| {
        let words = error.to_string();
        match words.split_once(" at line 1 column ") {
            Some((words, at)) => format!("{words} (at character {at})"),
            None => words,
        }
    })
}

struct Row<'t>(&'t Table);

impl<'de> DeserializeSeed<'de> for Row<'_> {
    type Value = Vec<Value>;
    fn deserialize<D: de::Deserializer<'de>>(self, json: D) -> Result<Vec<Value>, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Row<'_> {
    type Value = Vec<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the columns of {}", self.0.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<Value>, A::Error> {
        let columns = &self.0.columns;
        let mut row: Vec<Option<Value>> = vec![None; columns.len()];
        let mut next = 0;
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let here = columns.get(next).is_some_and(|(column, _)| *column == name);
            let place = if here { Some(next) } else { self.0.place_of(&name) };
            let place = place
                .ok_or_else(|| de::Error::custom(format!("there is no column `{name}` in this table")))?;
            if row[place].is_some() {
                return Err(de::Error::custom(format!("the column `{name}` stands twice")));
            }
            let cell: Cell<'de> = map.next_value()?;
            let (name, kind) = &columns[place];
            let value = value_of(*kind, cell)
                .map_err(|expected| de::Error::custom(format!("`{name}`: {expected} was expected")))?;
            row[place] = Some(value);
            next = place + 1;
        }
        let gone = row.iter().position(Option::is_none);
        if let Some(gone) = gone {
            return Err(de::Error::custom(format!("the column `{}` is missing", columns[gone].0)));
        }
        Ok(row.into_iter().flatten().collect())
    }
}

/// What may stand in a column.
enum Cell<'a> {
    Nothing,
    Words(Cow<'a, str>),
    Number(i64),
    Yes(bool),
}

impl<'de> Deserialize<'de> for Cell<'de> {
    fn deserialize<D: de::Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(AnyCell)
    }
}

struct AnyCell;

impl<'de> Visitor<'de> for AnyCell {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("words, a whole number, true, false or null")
    }

    fn visit_unit<E>(self) -> Result<Cell<'de>, E> {
        Ok(Cell::Nothing)
    }

    fn visit_borrowed_str<E>(self, words: &'de str) -> Result<Cell<'de>, E> {
        Ok(Cell::Words(Cow::Borrowed(words)))
    }

    fn visit_str<E>(self, words: &str) -> Result<Cell<'de>, E> {
        Ok(Cell::Words(Cow::Owned(words.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Cell<'de>, E> {
        Ok(Cell::Number(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Cell<'de>, E> {
        let number = i64::try_from(number).map_err(|_| E::custom("this number is too large"))?;
        Ok(Cell::Number(number))
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Cell<'de>, E> {
        Ok(Cell::Yes(yes))
    }
}

/// What a column of this kind holds, in words.
pub(super) const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Key => "a key like 0198f2c4-5a10-7cc3-98c4-dc0c0c07398f",
        Kind::Text => "words",
        Kind::Int => "a whole number",
        Kind::Bool => "true or false",
        Kind::Day => "a day like 2026-11-21",
        Kind::At => "an instant like 2026-11-21T09:30:00Z, to the microsecond at most",
        Kind::Bytes => "bytes, each as two hexadecimal digits",
    }
}

fn value_of(kind: Kind, cell: Cell<'_>) -> Result<Value, &'static str> {
    let value = match (kind, cell) {
        (Kind::Key, Cell::Nothing) => Some(Value::Key(None)),
        (Kind::Text, Cell::Nothing) => Some(Value::Text(None)),
        (Kind::Int, Cell::Nothing) => Some(Value::Int(None)),
        (Kind::Bool, Cell::Nothing) => Some(Value::Bool(None)),
        (Kind::Day, Cell::Nothing) => Some(Value::Day(None)),
        (Kind::At, Cell::Nothing) => Some(Value::At(None)),
        (Kind::Bytes, Cell::Nothing) => Some(Value::Bytes(None)),
        (Kind::Key, Cell::Words(words)) => words.parse().ok().map(|it| Value::Key(Some(it))),
        (Kind::Text, Cell::Words(words)) => Some(Value::Text(Some(words.into_owned()))),
        (Kind::Int, Cell::Number(number)) => Some(Value::Int(Some(number))),
        (Kind::Bool, Cell::Yes(yes)) => Some(Value::Bool(Some(yes))),
        (Kind::Day, Cell::Words(words)) => words.parse().ok().map(|it| Value::Day(Some(it))),
        (Kind::At, Cell::Words(words)) => instant(&words).map(|it| Value::At(Some(it))),
        (Kind::Bytes, Cell::Words(words)) => {
            HEXLOWER.decode(words.as_bytes()).ok().map(|it| Value::Bytes(Some(it)))
        }
        _ => None,
    };
    value.ok_or(expected(kind))
}

fn instant(words: &str) -> Option<Timestamp> {
    let at: Timestamp = words.parse().ok()?;
    (at.subsec_nanosecond() % 1000 == 0).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let kinds = [Kind::Key, Kind::Text, Kind::Int, Kind::Bool, Kind::Day, Kind::At, Kind::Bytes];
        let columns = kinds.iter().enumerate().map(|(at, kind)| (format!("c{at}"), *kind)).collect();
        Table { name: "odd".to_owned(), columns, key: vec![0], points: vec![] }
    }

    fn there_and_back(row: &[Value]) {
        let mut line = vec![];
        write_line(&mut line, &table(), row).unwrap();
        assert_eq!(line.iter().position(|byte| *byte == b'\n'), Some(line.len() - 1), "one row, one line");
        assert_eq!(read_line(&table(), &line).as_deref(), Ok(row), "{}", String::from_utf8_lossy(&line));
    }

    #[test]
    fn every_kind_of_value_comes_back_and_nothing_stays_nothing() {
        let nothing = [
            Value::Key(None),
            Value::Text(None),
            Value::Int(None),
            Value::Bool(None),
            Value::Day(None),
            Value::At(None),
            Value::Bytes(None),
        ];
        there_and_back(&nothing);
        for (number, micros) in [(i64::MIN, -1), (0, 0), (i64::MAX, 253_402_207_199_999_999), (7, 1_000_000)]
        {
            for words in ["", "null", "line\n\r\t\u{0}\u{8}\u{1f}", "\"\\/ \u{2028}\u{7f}\u{1F995}\u{e000}"] {
                there_and_back(&[
                    Value::Key(Some(uuid::Uuid::from_u128(u128::MAX / 3))),
                    Value::Text(Some(words.to_owned())),
                    Value::Int(Some(number)),
                    Value::Bool(Some(number > 0)),
                    Value::Day(Some(jiff::civil::date(1, 1, 1))),
                    Value::At(Some(Timestamp::from_microsecond(micros).unwrap())),
                    Value::Bytes(Some((0..=255).collect())),
                ]);
            }
        }
    }

    #[test]
    fn whatever_stands_in_a_line_is_read_or_refused_in_words() {
        // bytes of no meaning, and a good line with a byte changed
        let mut good = vec![];
        let row = [
            Value::Key(Some(uuid::Uuid::nil())),
            Value::Text(Some("words \u{e9}".to_owned())),
            Value::Int(Some(-12)),
            Value::Bool(Some(true)),
            Value::Day(Some(jiff::civil::date(2026, 11, 21))),
            Value::At(Some(Timestamp::UNIX_EPOCH)),
            Value::Bytes(Some(vec![1, 2])),
        ];
        write_line(&mut good, &table(), &row).unwrap();
        let mut seed = 42_u64;
        for at in 0..20_000_usize {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let byte = u8::try_from(seed >> 56).unwrap();
            let mut line = good.clone();
            let place = at % line.len();
            line[place] = byte;
            if at % 3 == 0 {
                line.truncate(place);
            }
            match read_line(&table(), &line) {
                Ok(row) => assert_eq!(row.len(), 7),
                Err(words) => assert!(!words.is_empty() && !words.contains("line 1"), "{words}"),
            }
        }
    }
}
