//! Who works with someone: read, begun, ended.

use super::call::Call;
use super::listed::{AllocationKind, Day};
use super::operation::{At, Command, Made, Question};
use super::pathway::{noted, opened};
use super::people::day;
use super::problem::Problem;
use crate::Moment;
use crate::allocation::{self, Allocate, EndAllocation};
use crate::journal::Read;
use crate::who::Scope;
use async_trait::async_trait;
use db::Tx;
use practice::id::PersonId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Reads who works with someone.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadAllocations {}

/// Who works or worked with someone, the latest first.
#[derive(Serialize, ToSchema)]
pub(super) struct Allocations {
    allocations: Vec<Allocation>,
}

/// A worker who works or worked with someone.
#[derive(Serialize, ToSchema)]
pub(super) struct Allocation {
    id: Uuid,
    worker: Uuid,
    name: String,
    part: AllocationKind,
    team: Option<String>,
    from: Day,
    to: Option<Day>,
    reason: Option<String>,
    end_reason: Option<String>,
}

/// Says that a worker works with someone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AllocateIt {
    worker: Uuid,
    /// A new responsible worker takes over from the one before on the same day.
    part: AllocationKind,
    from: Day,
    #[schema(max_length = 2000)]
    reason: Option<String>,
}

/// Ends an allocation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndTheirPart {
    /// Their last day.
    on: Day,
    /// Why it ends.
    #[schema(min_length = 1, max_length = 2000)]
    reason: String,
}

#[async_trait]
impl Question for ReadAllocations {
    type Answer = Allocations;
    const AT: At = At {
        path: "/people/{id}/allocations",
        name: "readAllocations",
        scope: Some(Scope::PathwayRead),
        title: "Read who works with someone",
        about: "Now and before, the latest first.",
    };

    async fn answer(self, call: &Call) -> Result<Allocations, Problem> {
        let (mut conn, person, why) = opened(call).await?;
        let all = allocation::helpers(&mut conn, person).await?;
        drop(conn);
        noted(call, Read::Helpers, (person, &why)).await?;
        let allocation = |it: allocation::Helper| Allocation {
            id: it.id.0,
            worker: it.worker.0,
            name: it.name,
            part: AllocationKind(it.part),
            team: it.team.map(|team| team.1),
            from: Day(it.from),
            to: day(it.to),
            reason: it.reason,
            end_reason: it.end_reason,
        };
        Ok(Allocations { allocations: all.into_iter().map(allocation).collect() })
    }
}

#[async_trait]
impl Command for AllocateIt {
    const AT: At = At {
        path: "/people/{id}/allocations",
        name: "allocate",
        scope: Some(Scope::AllocationsWrite),
        title: "Say that a worker works with someone",
        about: "While an episode is open exactly one named person answers for someone.",
    };
    const EXAMPLE: &'static str =
        r#"{"worker":"01936f2e-6a00-7000-8000-000000000000","part":"helping","from":"2026-11-20"}"#;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let person: PersonId = call.id("id")?;
        let command = Allocate {
            person,
            worker: self.worker.into(),
            part: self.part.0,
            from: self.from.0,
            to: None,
            reason: self.reason,
        };
        let id = allocation::allocate(tx, &call.who, moment, command).await?;
        Ok(Made::new(id.0, format!("/people/{person}/allocations")))
    }
}

#[async_trait]
impl Command for EndTheirPart {
    const AT: At = At {
        path: "/allocations/{id}/end",
        name: "endAllocation",
        scope: Some(Scope::AllocationsWrite),
        title: "Say that a worker no longer works with someone",
        about: "Where the responsible worker goes and an episode is open, the person waits for a worker.",
    };
    const EXAMPLE: &'static str = r#"{"on":"2026-11-20","reason":"Handed over"}"#;
    const MAKES: bool = false;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let end = EndAllocation { allocation: call.id("id")?, on: self.on.0, reason: self.reason };
        allocation::end_allocation(tx, &call.who, moment, end).await?;
        Ok(Made::default())
    }
}
