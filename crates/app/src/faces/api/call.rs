//! One request of another program: whose token it came with, what the token is for, and what stands in the address.

use super::limit;
use super::problem::{Kind, Problem};
use crate::who::{self, Scope, Token};
use crate::{App, Who};
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::{AUTHORIZATION, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use uuid::Uuid;

/// The most letters of one parameter of an address.
const LONGEST: usize = 2000;

/// What stands in a request's head, before anyone asks who sent it.
pub(super) struct Head {
    pub(super) headers: HeaderMap,
    /// What stands in the path, by name; none where it cannot be read.
    named: Option<Vec<(String, String)>>,
    query: String,
    pub(super) path: String,
}

impl FromRequestParts<App> for Head {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let named = RawPathParams::from_request_parts(parts, app).await.ok();
        let named = named.map(|named| {
            named.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>()
        });
        Ok(Self {
            headers: parts.headers.clone(),
            named,
            query: parts.uri.query().unwrap_or("").to_owned(),
            path: parts.uri.path().to_owned(),
        })
    }
}

impl Head {
    /// The parameters of the address, each with one value.
    fn pairs(&self) -> Result<Vec<(String, String)>, Problem> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.query)
            .map_err(|error| Problem::new(Kind::Malformed, format!("The address cannot be read: {error}")))?;
        for (name, value) in &pairs {
            if value.chars().any(char::is_control) || name.chars().any(char::is_control) {
                return Err(Problem::parameter(
                    name.replace(char::is_control, " "),
                    "This holds a letter that cannot be written",
                ));
            }
            if value.chars().count() > LONGEST {
                return Err(Problem::parameter(name, "At most 2,000 letters fit here"));
            }
        }
        Ok(pairs)
    }

    /// The question that the parameters of the address ask.
    pub(super) fn question<Q: serde::de::DeserializeOwned>(&self) -> Result<Q, Problem> {
        let pairs = self.pairs()?;
        let pairs = serde::de::value::MapDeserializer::new(
            pairs.into_iter().map(|(name, value)| (name, Loose(value))),
        );
        serde_path_to_error::deserialize(pairs).map_err(|error| {
            let path = error.path().to_string();
            Problem::parameter(path, error.into_inner().to_string())
        })
    }

    fn secret(&self) -> Option<&str> {
        let value = self.headers.get(AUTHORIZATION)?.to_str().ok()?;
        let (scheme, secret) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
    }
}

/// The value of a parameter: read as a number, a yes or no, or as itself, as the question wants it.
struct Loose(String);

impl serde::de::IntoDeserializer<'_, serde::de::value::Error> for Loose {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($ask:ident $visit:ident $kind:ty, $words:literal;)*) => {$(
        fn $ask<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            match self.0.parse::<$kind>() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(serde::de::Error::custom($words)),
            }
        }
    )*};
}

impl<'de> serde::Deserializer<'de> for Loose {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_string(self.0)
    }

    fn deserialize_option<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: serde::de::Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: serde::de::Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_enum(serde::de::IntoDeserializer::<Self::Error>::into_deserializer(self.0))
    }

    parsed! {
        deserialize_u32 visit_u32 u32, "This is a whole number";
        deserialize_u64 visit_u64 u64, "This is a whole number";
        deserialize_bool visit_bool bool, "This is true or false";
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// A request with a living token that is for what was asked.
pub(super) struct Call {
    pub(super) app: App,
    pub(super) who: Who,
    /// Which token.
    pub(super) token: Uuid,
    /// The token's secret: what was sent is remembered under it.
    pub(super) secret: String,
    /// As whom it acts, and until when.
    pub(super) held: Token,
    named: Option<Vec<(String, String)>>,
}

impl Call {
    /// Lets a request in, or says why not: who it is first, then whether the token is for this.
    pub(super) async fn of(app: &App, head: &Head, scope: Option<Scope>) -> Result<Self, Problem> {
        let moment = app.moment();
        let secret = head.secret().ok_or_else(|| {
            Problem::new(Kind::NoToken, "Send the header Authorization: Bearer, and a token after it")
        })?;
        let mut conn = app.db.read().await?;
        let token = who::by_secret(&mut conn, secret, &moment).await?;
        drop(conn);
        let token = token.ok_or_else(|| {
            Problem::new(
                Kind::NoToken,
                "This token is not known, has ended or expired, or its maker's account or posts have ended",
            )
        })?;
        if let Some(wait) = limit::wait(app, token.account, token.through.token, moment.now()) {
            let problem = Problem::new(Kind::TooMany, format!("Wait {wait} seconds, then go on"));
            return Err(problem.with(RETRY_AFTER, HeaderValue::from(wait)));
        }
        if token.is_to_be_noted(moment.now()) {
            let mut tx = app.db.write().await?;
            token.used(&mut tx, moment.now()).await?;
            tx.commit().await?;
        }
        if let Some(scope) = scope.filter(|scope| !token.through.scopes.contains(scope)) {
            return Err(Problem::new(
                Kind::Scope,
                format!("This takes a token with the scope {}", scope.code()),
            ));
        }
        Ok(Self {
            app: app.clone(),
            who: token.who.clone(),
            token: token.through.token,
            secret: secret.to_owned(),
            held: token,
            named: head.named.clone(),
        })
    }

    /// What stands in the path under this name.
    pub(super) fn named(&self, name: &str) -> Result<&str, Problem> {
        let named = self.named.as_deref().unwrap_or_default();
        let value = named.iter().find(|one| one.0 == name).map(|one| one.1.as_str());
        let fits = |value: &&str| value.len() <= 100 && !value.chars().any(char::is_control);
        value.filter(fits).ok_or_else(Problem::nothing)
    }

    /// The id in the path under this name; what is no id leads nowhere.
    pub(super) fn id<T: From<Uuid>>(&self, name: &str) -> Result<T, Problem> {
        let id: Uuid = self.named(name)?.parse().map_err(|_| Problem::nothing())?;
        Ok(id.into())
    }
}
