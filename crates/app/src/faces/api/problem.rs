//! What another program is told when something could not be done: RFC 9457 problem details.

use crate::Oops;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

macro_rules! kinds {
    ($($name:ident = $status:literal, $code:literal, $title:literal, $about:literal;)*) => {
        /// What kind of problem it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind {
            $(#[doc = $title] $name,)*
        }

        impl Kind {
            /// Every kind, as the page lists them.
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The status it answers with.
            pub(super) const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// The last part of its address.
            pub(super) const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it is, in a few words.
            pub(super) const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// What it means and what to do.
            pub(super) const fn about(self) -> &'static str {
                match self { $(Self::$name => $about,)* }
            }
        }
    };
}

kinds! {
    Malformed = 400, "malformed", "This could not be read",
        "The body is not JSON, or a header cannot be read. The detail says where.";
    NoToken = 401, "no-token", "A token is needed",
        "There was no token, or it is unknown, has ended or expired, or its maker's account or posts have ended.";
    Scope = 403, "scope", "The token is not for this",
        "The token lacks the scope that the detail names. Its maker makes another one with it.";
    NotAllowed = 403, "not-allowed", "This is not allowed",
        "Whoever made the token may know of this but not do it; the detail says why.";
    NotFound = 404, "not-found", "There is nothing here",
        "There is nothing at this address, or nothing that whoever made the token may know of: the two answer alike.";
    Method = 405, "method", "This address does not take that method",
        "The header Allow says which it takes.";
    Alike = 409, "perhaps-the-same", "This person may be here already",
        "People who may be the same are listed in alike. Look at them; if it is none of them, send it again with their ids in not_the_same_as.";
    Stale = 409, "changed-since", "Someone else changed this",
        "It was changed since it was read. Read it again, then decide.";
    TooLarge = 413, "too-large", "This is too large",
        "A body holds at most one megabyte.";
    MediaType = 415, "media-type", "Only JSON is taken here",
        "Send the header Content-Type: application/json.";
    Wrong = 422, "wrong", "Something is not right yet",
        "Each thing to put right stands in errors, with the place it stands at.";
    Refused = 422, "refused", "Practice says no",
        "It can be read, but it may not be so; the detail says why.";
    KeyUsed = 422, "key-used", "This key was used for something else",
        "The Idempotency-Key came before with another request. Take a new key for each thing to be done.";
    TooMany = 429, "too-many", "Too many requests",
        "The header Retry-After says how many seconds to wait.";
    Broken = 500, "broken", "Something of ours broke",
        "The detail holds a number that the council's log holds as well.";
}

/// One thing to put right, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Fault {
    /// Where in the body: a JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) pointer: Option<String>,
    /// Or which parameter of the address or header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) parameter: Option<String>,
    /// What to put right.
    pub(super) detail: String,
}

/// Someone who is here already and may be the one about to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Alike {
    /// Who.
    pub(super) id: uuid::Uuid,
    /// The name they chose, with the family name.
    pub(super) name: String,
    /// Why they may be the same.
    pub(super) why: Vec<String>,
}

/// What a problem says, as its own media type.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Told {
    /// What kind of problem it is: an address on the page that explains it.
    pub(super) r#type: String,
    /// The same in a few words.
    pub(super) title: String,
    /// The status, once more.
    pub(super) status: u16,
    /// What happened here.
    pub(super) detail: String,
    /// Each thing to put right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(super) errors: Vec<Fault>,
    /// People who may be the same as the one to be added.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub(super) alike: Vec<Alike>,
}

/// A problem: what it says, and headers of its own.
#[derive(Clone, Debug)]
pub(super) struct Problem(Box<(Told, Vec<(HeaderName, HeaderValue)>)>);

impl Problem {
    /// A problem of a kind, and what happened here.
    pub(super) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        let told = Told {
            r#type: format!("/api#{}", kind.code()),
            title: kind.title().to_owned(),
            status: kind.status(),
            detail: detail.into(),
            errors: vec![],
            alike: vec![],
        };
        Self(Box::new((told, vec![])))
    }

    /// A field of the body that is not right.
    pub(super) fn field(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::faults(vec![Fault { pointer: Some(pointer.into()), parameter: None, detail: detail.into() }])
    }

    /// A parameter that is not right.
    pub(super) fn parameter(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::faults(vec![Fault { pointer: None, parameter: Some(name.into()), detail: detail.into() }])
    }

    /// Several things that are not right.
    pub(super) fn faults(errors: Vec<Fault>) -> Self {
        let detail = errors.iter().map(|fault| fault.detail.as_str()).collect::<Vec<_>>().join("; ");
        let mut problem = Self::new(Kind::Wrong, detail);
        problem.0.0.errors = errors;
        problem
    }

    /// With people who may be the same as the one to be added.
    #[must_use]
    pub(super) fn alike(mut self, people: Vec<Alike>) -> Self {
        self.0.0.alike = people;
        self
    }

    /// With a header of its own.
    #[must_use]
    pub(super) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.1.push((name, value));
        self
    }

    /// Nothing here, or nothing to know of.
    pub(super) fn nothing() -> Self {
        Self::new(Kind::NotFound, "There is nothing here")
    }

    /// The fields named as an action names them, at the places they have in the body.
    pub(super) fn at(mut self, place: fn(&str) -> String) -> Self {
        for fault in &mut self.0.0.errors {
            if let Some(field) = fault.pointer.as_deref().and_then(|pointer| pointer.strip_prefix("action:"))
            {
                fault.pointer = Some(place(field));
            }
        }
        self
    }
}

impl From<Oops> for Problem {
    fn from(oops: Oops) -> Self {
        match oops {
            Oops::NotFound => Self::nothing(),
            Oops::SignIn { .. } | Oops::ComeIn | Oops::OtherSpaces | Oops::NotYet => {
                Self::new(Kind::NoToken, "The token's maker can no longer do this")
            }
            Oops::NotAllowed(why) => Self::new(Kind::NotAllowed, why),
            Oops::Forged => Self::new(Kind::Malformed, Oops::Forged.to_string()),
            Oops::Refused(why) => Self::new(Kind::Refused, why),
            Oops::Stale => Self::new(Kind::Stale, "It was changed since it was read"),
            Oops::TooLarge(why) => Self::new(Kind::TooLarge, why),
            Oops::Wrong(wrong) => Self::faults(
                wrong
                    .into_iter()
                    .map(|(field, detail)| Fault {
                        pointer: Some(format!("action:{field}")),
                        parameter: None,
                        detail,
                    })
                    .collect(),
            ),
            Oops::Broken(inner) => {
                let number = crate::frame::incident(&inner);
                tracing::error!(incident = %number, "something of ours broke: {inner}");
                Self::new(Kind::Broken, format!("The council's log holds it as {number}"))
            }
        }
    }
}

impl From<db::DbError> for Problem {
    fn from(error: db::DbError) -> Self {
        Oops::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (told, own) = *self.0;
        let status = StatusCode::from_u16(told.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut headers = HeaderMap::new();
        headers.extend(own);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if told.status == 401 {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"alongside\""));
        }
        (status, headers, serde_json::to_string(&told).unwrap_or_default()).into_response()
    }
}
