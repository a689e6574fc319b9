//! Finding people, and beginning a record after a look at who is here already.

use super::call::Call;
use super::details::{GivenAddress, GivenBirth, GivenDetail, GivenIdentifier, GivenName};
use super::listed::{Day, PersonKind};
use super::operation::{At, Command, Made, Question};
use super::problem::{self, Kind, Problem};
use crate::journal::{Act, reading};
use crate::person::actions::{self, Mint};
use crate::person::seek::{self, Hit, PAGE};
use crate::who::Scope;
use crate::{Moment, Oops, access};
use async_trait::async_trait;
use db::Tx;
use practice::access::{Action, may};
use practice::person::{AccessLevel, NameKind};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The most letters of a search that are read.
const LONGEST: usize = 300;

/// Looks for people.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Find {
    /// Name, birthday, phone, postcode or number, in any order and any spelling.
    #[param(max_length = 300, example = "Jozie harte 2017")]
    q: String,
    /// The next page, as the page before gave it.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// People who may be the one that was looked for, the likeliest first.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundPeople {
    people: Vec<FoundPerson>,
    /// How many there are in all.
    total: usize,
    /// There are more than can be looked through: more words would help.
    too_many: bool,
    /// Words that could not be read as anything.
    not_understood: Vec<String>,
    /// The next page, if there is one.
    next: Option<String>,
}

/// One of them. What may not be seen is left out.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundPerson {
    id: Uuid,
    /// The name they chose, with the family name.
    name: String,
    /// The legal name, where it differs and the record is open to the reader.
    full_name: Option<String>,
    birth_year: Option<i16>,
    /// The day of birth, where the record is open to the reader.
    born_on: Option<Day>,
    /// Whether the record is open to the reader.
    open: bool,
    /// Why they were found.
    why: Vec<String>,
    /// Who works with them.
    helped_by: Option<String>,
}

impl From<Hit> for FoundPerson {
    fn from(hit: Hit) -> Self {
        Self {
            id: hit.person.0,
            name: hit.name,
            full_name: hit.full_name,
            birth_year: hit.birth_year,
            born_on: hit.birth.map(|birth| Day(birth.on)),
            open: hit.open,
            why: hit.why,
            helped_by: hit.helped.sentence(),
        }
    }
}

#[async_trait]
impl Question for Find {
    type Answer = FoundPeople;
    const AT: At = At {
        path: "/people",
        name: "findPeople",
        scope: Some(Scope::PeopleRead),
        title: "Find people despite spelling",
        about: "Twenty to a page. Whoever the token's maker may not know of is not there, in the list or in its length. Each search stands in the journal.",
    };

    async fn answer(self, call: &Call) -> Result<FoundPeople, Problem> {
        access::permit(&call.who, Action::Find)?;
        let words: String = self.q.trim().chars().take(LONGEST).collect();
        if words.is_empty() {
            return Err(Problem::parameter("q", "Say whom you look for"));
        }
        let wrong = || Problem::parameter("cursor", "This is not a cursor of this list");
        let page: usize = match &self.cursor {
            Some(cursor) => cursor
                .strip_prefix("p")
                .and_then(|n| n.parse().ok())
                .filter(|n| *n < 10_000)
                .ok_or_else(wrong)?,
            None => 0,
        };
        let mut conn = call.app.db.read().await?;
        let found = seek::search(&mut conn, &call.who, call.app.moment().now(), &words, page).await?;
        drop(conn);
        let payload = json!({"words": words, "found": found.total, "page": page});
        reading(&call.app, &call.who, Act { action: "find", about: &[], payload }).await?;
        let seen = page * PAGE + found.hits.len();
        let next = (!found.hits.is_empty() && seen < found.total).then(|| format!("p{}", page + 1));
        Ok(FoundPeople {
            people: found.hits.into_iter().map(Into::into).collect(),
            total: found.total,
            too_many: found.too_many,
            not_understood: found.not_understood,
            next,
        })
    }
}

/// Begins a record.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddPerson {
    /// Whether they have been born.
    kind: PersonKind,
    /// Their names. Someone unborn may have none yet.
    #[serde(default)]
    #[schema(required = false, max_items = 10)]
    names: Vec<GivenName>,
    birth: Option<GivenBirth>,
    #[serde(default)]
    #[schema(required = false, max_items = 20)]
    details: Vec<GivenDetail>,
    /// Numbers they have already. A child without a council id is given the next one.
    #[serde(default)]
    #[schema(required = false, max_items = 10)]
    identifiers: Vec<GivenIdentifier>,
    #[serde(default)]
    #[schema(required = false, max_items = 10)]
    addresses: Vec<GivenAddress>,
    /// People who were looked at and are not the same: their ids.
    #[serde(default)]
    #[schema(required = false, max_items = 100)]
    not_the_same_as: Vec<Uuid>,
}

impl AddPerson {
    fn command(&self) -> actions::AddPerson {
        actions::AddPerson {
            kind: self.kind.0,
            names: self.names.iter().cloned().map(Into::into).collect(),
            birth: self.birth.clone().map(Into::into),
            details: self.details.iter().cloned().map(Into::into).collect(),
            identifiers: self.identifiers.iter().cloned().map(Into::into).collect(),
            addresses: self.addresses.iter().cloned().map(Into::into).collect(),
            level: AccessLevel::Findable,
            mint: Mint::IfChild,
            hue: None,
        }
    }

    fn check(&self) -> Result<(), Problem> {
        let most = [
            ("/names", self.names.len(), 10),
            ("/details", self.details.len(), 20),
            ("/identifiers", self.identifiers.len(), 10),
            ("/addresses", self.addresses.len(), 10),
            ("/not_the_same_as", self.not_the_same_as.len(), 100),
        ];
        for (pointer, found, most) in most {
            if found > most {
                return Err(Problem::field(pointer, format!("At most {most} fit here")));
            }
        }
        let legal = self.names.iter().any(|name| name.kind.0 == NameKind::Legal);
        if self.kind.0 == practice::person::PersonKind::Born && !legal {
            return Err(Problem::field("/names", "Give their legal name, as far as it is known"));
        }
        for (n, detail) in self.details.iter().enumerate() {
            detail.check(&format!("/details/{n}"))?;
        }
        for (n, identifier) in self.identifiers.iter().enumerate() {
            identifier.check(&format!("/identifiers/{n}"))?;
        }
        Ok(())
    }
}

#[async_trait]
impl Command for AddPerson {
    const AT: At = At {
        path: "/people",
        name: "addPerson",
        scope: Some(Scope::PeopleWrite),
        title: "Begin someone's record",
        about: "First it is looked who is here already: where someone may be the same, the answer is the problem perhaps-the-same with alike. Look at them, then send it again with their ids in not_the_same_as.",
    };
    const EXAMPLE: &'static str = r#"{"kind":"born","names":[{"kind":"legal","given":"Tobias","family":"Quillfeather"}],"birth":{"on":"2018-04-03","basis":"exact"}}"#;

    async fn look(&self, call: &Call) -> Result<(), Problem> {
        may(&call.who.reader, Action::AddPerson)
            .into_result()
            .map_err(|refusal| Oops::NotAllowed(refusal.sentence().to_owned()))?;
        self.check()?;
        let command = self.command();
        let mut conn = call.app.db.read().await?;
        let alike = seek::alike(&mut conn, &call.who, call.app.moment().now(), &command).await?;
        drop(conn);
        let officer = may(&call.who.reader, Action::KeepRestrictedList).is_allowed();
        let open: Vec<_> =
            alike.likely.iter().filter(|one| !self.not_the_same_as.contains(&one.hit.person.0)).collect();
        let stop = alike.speak_first && !officer;
        if open.is_empty() && !stop {
            return Ok(());
        }
        let words: Vec<String> =
            command.names.iter().map(|name| format!("{} {}", name.given, name.family)).collect();
        let payload =
            json!({"words": words.join(", "), "found": alike.likely.len(), "spoke": alike.speak_first});
        reading(&call.app, &call.who, Act { action: "check_duplicates", about: &[], payload }).await?;
        if stop {
            let words = "Speak to the restricted-records officer before making a record";
            return Err(Problem::new(Kind::NotAllowed, words));
        }
        let people = open.into_iter().map(|one| problem::Alike {
            id: one.hit.person.0,
            name: one.hit.name.clone(),
            why: one.hit.why.clone(),
        });
        let problem = Problem::new(Kind::Alike, "Look at these people before you make another record");
        Err(problem.alike(people.collect()))
    }

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let added = actions::add_person(tx, &call.who, moment, self.command()).await?;
        Ok(Made::new(added.person.0, format!("/people/{}", added.person)))
    }
}
