//! Opening, correcting, changing and ending an episode.

use super::store::{self, CircumstanceRow, EpisodeRow};
use crate::access::require;
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, clock};
use db::{Conn, DbError, Tx, args};
use jiff::{Timestamp, civil::Date};
use practice::access::{EpisodeChange, Sight};
use practice::episode::EpisodeKind;
use practice::episode_rules::{EpisodeRefusal, Span, may_stand};
use practice::id::{EpisodeId, PersonId, TeamId};
use serde_json::json;
use uuid::Uuid;

/// An episode as it is known now.
#[derive(Clone, Debug)]
pub struct Episode {
    /// This version: a form that corrects it names it.
    pub version: Uuid,
    /// Which.
    pub id: EpisodeId,
    /// Whose.
    pub person: PersonId,
    /// Of what kind.
    pub kind: EpisodeKind,
    /// The team that holds it, with its name.
    pub team: Option<(TeamId, String)>,
    /// Its first day.
    pub from: Date,
    /// Its last day, once ended.
    pub to: Option<Date>,
    /// Why it ended.
    pub end_reason: Option<String>,
    /// What the old system last knew.
    pub last_seen: Option<Date>,
    /// What the old system last knew.
    pub last_review: Option<Date>,
    /// Where an imported one came from.
    pub source_key: Option<String>,
    /// Why it was opened or corrected.
    pub why: Option<String>,
    /// When this version was recorded.
    pub recorded_at: Timestamp,
}

/// Opens an episode.
#[derive(Clone, Debug)]
pub struct OpenEpisode {
    /// For whom.
    pub person: PersonId,
    /// Of what kind.
    pub kind: EpisodeKind,
    /// The team that holds it: its manager answers for the person until there is a responsible worker.
    pub team: Option<TeamId>,
    /// Its first day.
    pub from: Date,
    /// Its last day, for history brought from elsewhere.
    pub to: Option<Date>,
    /// Why it ended, for the same.
    pub end_reason: Option<String>,
    /// The day the old system last knew the person seen.
    pub last_seen: Option<Date>,
    /// The day the old system last knew a review held.
    pub last_review: Option<Date>,
    /// What makes it the same episode when imported again.
    pub source_key: Option<String>,
    /// Why.
    pub why: Option<String>,
}

/// Corrects a mistake in an episode: what was recorded was wrong from the start.
#[derive(Clone, Debug)]
pub struct CorrectEpisode {
    /// Which.
    pub episode: EpisodeId,
    /// The version that was read: someone else may have corrected it since.
    pub version: Uuid,
    /// Its right first day.
    pub from: Date,
    /// Its right last day.
    pub to: Option<Date>,
    /// The team that holds it.
    pub team: Option<TeamId>,
    /// What was wrong.
    pub why: String,
}

/// Ends an episode.
#[derive(Clone, Debug)]
pub struct EndEpisode {
    /// Which.
    pub episode: EpisodeId,
    /// Its last day.
    pub on: Date,
    /// Why it ends.
    pub reason: String,
}

/// What can change while an episode goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CircumstanceKind {
    /// The category of harm under a protection plan.
    Category,
    /// The legal status of a looked-after child.
    LegalStatus,
    /// The kind of place a looked-after child lives in.
    Placement,
    /// The place is meant to last until the child is 18.
    Lasting,
}

impl CircumstanceKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Category, Self::LegalStatus, Self::Placement, Self::Lasting];

    /// The stored word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::LegalStatus => "legal-status",
            Self::Placement => "placement",
            Self::Lasting => "lasting",
        }
    }

    /// The words of a page.
    pub const fn plain(self) -> &'static str {
        match self {
            Self::Category => "Category of harm",
            Self::LegalStatus => "Legal status",
            Self::Placement => "Where they live",
            Self::Lasting => "Meant to last until 18",
        }
    }
}

/// A dated change of circumstances, not a correction: what was so before stays so for its time.
#[derive(Clone, Debug)]
pub struct ChangeCircumstance {
    /// Of which episode.
    pub episode: EpisodeId,
    /// Of what kind.
    pub kind: CircumstanceKind,
    /// What it is from now on; empty ends it.
    pub words: String,
    /// From which day.
    pub from: Date,
}

fn read(row: EpisodeRow) -> Result<Episode> {
    let broken = |column| DbError::Broken { table: "episode", column, row: row.id.to_string() };
    Ok(Episode {
        version: row.id,
        id: row.episode_id.into(),
        person: row.person_id.into(),
        kind: EpisodeKind::from_code(&row.kind).ok_or_else(|| broken("kind"))?,
        team: row.team_id.map(|id| (id.into(), row.team.unwrap_or_default())),
        from: row.from_date.0,
        to: row.to_date.map(|day| day.0),
        end_reason: row.end_reason,
        last_seen: row.last_seen.map(|day| day.0),
        last_review: row.last_review.map(|day| day.0),
        source_key: row.source_key,
        why: row.why,
        recorded_at: row.recorded_at.0,
    })
}

/// The episodes of a person as known now, the latest first. Says nothing of who may see them.
///
/// # Errors
/// Where the database refuses.
pub async fn episodes(conn: &mut Conn, person: PersonId) -> Result<Vec<Episode>> {
    let rows: Vec<EpisodeRow> = conn.all(store::OF_PERSON, args![person]).await?;
    rows.into_iter().map(read).collect()
}

/// A circumstance of an episode, as known now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstance {
    /// Of which episode.
    pub episode: EpisodeId,
    /// Of what kind.
    pub kind: CircumstanceKind,
    /// What it was.
    pub words: String,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub to: Option<Date>,
}

/// The circumstances of a person's episodes as known now, the earliest first.
///
/// # Errors
/// Where the database refuses.
pub async fn circumstances(conn: &mut Conn, person: PersonId) -> Result<Vec<Circumstance>> {
    let rows: Vec<CircumstanceRow> = conn.all(store::CIRCUMSTANCES_OF_PERSON, args![person]).await?;
    let read = |row: CircumstanceRow| {
        Some(Circumstance {
            episode: row.episode_id.into(),
            kind: CircumstanceKind::ALL.into_iter().find(|kind| kind.code() == row.kind)?,
            words: row.words,
            from: row.from_date.0,
            to: row.to_date.map(|day| day.0),
        })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

async fn one(conn: &mut Conn, episode: EpisodeId) -> Result<Episode> {
    let row: Option<EpisodeRow> = conn.maybe(store::ONE, args![episode]).await?;
    read(row.ok_or(Oops::NotFound)?)
}

fn refused(refusal: &EpisodeRefusal) -> Oops {
    Oops::Refused(refusal.to_string())
}

async fn team_with_a_manager(conn: &mut Conn, team: TeamId, today: Date) -> Result<()> {
    if conn.number(store::MANAGER, args![team, today]).await? > 0 {
        return Ok(());
    }
    let name: Option<(String,)> = conn.maybe(store::TEAM, args![team]).await?;
    let name = name.ok_or_else(|| Oops::wrong("team", "There is no such team"))?.0;
    Err(refused(&EpisodeRefusal::TeamWithoutManager(name)))
}

async fn add(tx: &mut Tx, moment: &mut Moment, episode: &Episode) -> Result<()> {
    let values = args![
        moment.id(),
        episode.id,
        episode.person,
        episode.kind.code(),
        episode.team.as_ref().map(|team| team.0.0),
        episode.from,
        episode.to,
        episode.end_reason,
        episode.last_seen,
        episode.last_review,
        episode.source_key,
        episode.why,
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    Ok(())
}

fn after_image(episode: &Episode) -> serde_json::Value {
    json!({
        "episode": episode.id, "kind": episode.kind.code(), "from": episode.from, "to": episode.to,
        "team": episode.team.as_ref().map(|team| team.0), "end_reason": episode.end_reason, "why": episode.why,
        "source": episode.source_key, "last_seen": episode.last_seen, "last_review": episode.last_review,
    })
}

/// Whether the dates may stand beside the person's other episodes, once nobody else can change them.
async fn stands(tx: &mut Tx, moment: &Moment, this: &Episode) -> Result<()> {
    tx.run(store::LOCK, args![this.person]).await?;
    let others = episodes(tx, this.person).await?;
    let span = |it: &Episode| Span { id: it.id, kind: it.kind, from: it.from, to: it.to };
    let others: Vec<Span> = others.iter().map(span).collect();
    may_stand(&others, span(this), moment.today()).map_err(|refusal| refused(&refusal))
}

/// Opens an episode. A team must hold an open one, and someone must manage that team.
///
/// # Errors
/// [`Oops::Refused`] with the sentence of the rule.
pub async fn open_episode(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    open: OpenEpisode,
) -> Result<EpisodeId> {
    require(tx, who, moment.now(), open.person, Sight::Episode(open.kind, EpisodeChange::Open)).await?;
    if open.to.is_none() {
        let team = open.team.ok_or_else(|| Oops::wrong("team", "Say which team holds it"))?;
        team_with_a_manager(tx, team, moment.today()).await?;
    }
    let episode = Episode {
        version: Uuid::nil(),
        id: moment.id().into(),
        person: open.person,
        kind: open.kind,
        team: open.team.map(|team| (team, String::new())),
        from: open.from,
        to: open.to,
        end_reason: open.end_reason,
        last_seen: open.last_seen,
        last_review: open.last_review,
        source_key: open.source_key,
        why: open.why,
        recorded_at: moment.now(),
    };
    stands(tx, moment, &episode).await?;
    add(tx, moment, &episode).await?;
    clock::refresh(tx, moment, open.person).await?;
    let payload = after_image(&episode);
    note(tx, who, moment, Act { action: "open_episode", about: &[open.person], payload }).await?;
    Ok(episode.id)
}

async fn replace(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    now: &Episode,
    action: &'static str,
) -> Result<()> {
    tx.run_one(store::SUPERSEDE, args![now.version, moment.now()]).await?;
    add(tx, moment, now).await?;
    clock::refresh(tx, moment, now.person).await?;
    note(tx, who, moment, Act { action, about: &[now.person], payload: after_image(now) }).await?;
    Ok(())
}

/// Corrects a mistake: the right dates or team, from the start. The wrong version stays readable.
///
/// # Errors
/// [`Oops::Stale`] where someone else changed it since it was read.
pub async fn correct_episode(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    right: CorrectEpisode,
) -> Result<()> {
    let mut episode = one(tx, right.episode).await?;
    let sight = Sight::Episode(episode.kind, EpisodeChange::Correct);
    require(tx, who, moment.now(), episode.person, sight).await?;
    if right.why.trim().is_empty() {
        return Err(Oops::wrong("why", "Say what was wrong"));
    }
    if episode.version != right.version {
        return Err(Oops::Stale);
    }
    if right.to.is_none() {
        let team = right.team.ok_or_else(|| Oops::wrong("team", "Say which team holds it"))?;
        team_with_a_manager(tx, team, moment.today()).await?;
    }
    episode.from = right.from;
    episode.to = right.to;
    if right.to.is_none() {
        // an end taken back takes its reason with it; the version before still holds both
        episode.end_reason = None;
    }
    episode.team = right.team.map(|team| (team, String::new()));
    episode.why = Some(right.why);
    stands(tx, moment, &episode).await?;
    replace(tx, who, moment, &episode, "correct_episode").await
}

/// What the old system last knew of an episode, as a newer file has it.
#[derive(Clone, Copy, Debug)]
pub struct BringForward {
    /// Which.
    pub episode: EpisodeId,
    /// The day the old system last knew the person seen.
    pub last_seen: Option<Date>,
    /// The day the old system last knew a review held.
    pub last_review: Option<Date>,
}

/// Takes over what the old system last knew. Visits and reviews recorded here count beside it.
///
/// # Errors
/// [`Oops::Wrong`] for a day that is still to come.
pub async fn bring_forward(tx: &mut Tx, who: &Who, moment: &mut Moment, brought: BringForward) -> Result<()> {
    let mut episode = one(tx, brought.episode).await?;
    let sight = Sight::Episode(episode.kind, EpisodeChange::Correct);
    require(tx, who, moment.now(), episode.person, sight).await?;
    let known = [("last_seen", brought.last_seen), ("last_review", brought.last_review)];
    if let Some((field, _)) = known.iter().find(|(_, day)| day.is_some_and(|day| day > moment.today())) {
        return Err(Oops::wrong(field, "The old system cannot have known a day that is still to come"));
    }
    tx.run(store::LOCK, args![episode.person]).await?;
    episode.last_seen = brought.last_seen;
    episode.last_review = brought.last_review;
    replace(tx, who, moment, &episode, "bring_forward").await
}

/// Ends an episode. The record stays; running clocks of it are no longer needed.
///
/// # Errors
/// [`Oops::Refused`] where it has ended already, or would end before it began.
pub async fn end_episode(tx: &mut Tx, who: &Who, moment: &mut Moment, end: EndEpisode) -> Result<()> {
    let mut episode = one(tx, end.episode).await?;
    require(tx, who, moment.now(), episode.person, Sight::Episode(episode.kind, EpisodeChange::End)).await?;
    if end.reason.trim().is_empty() {
        return Err(Oops::wrong("reason", "Say why it ends"));
    }
    if let Some(on) = episode.to {
        return Err(refused(&EpisodeRefusal::Ended(on)));
    }
    episode.to = Some(end.on);
    episode.end_reason = Some(end.reason);
    stands(tx, moment, &episode).await?;
    replace(tx, who, moment, &episode, "end_episode").await
}

/// Records a dated change of circumstances: what was so before ends the day before and stays readable.
///
/// # Errors
/// [`Oops::Refused`] where the episode was not open on that day.
pub async fn change_circumstance(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    change: ChangeCircumstance,
) -> Result<()> {
    let episode = one(tx, change.episode).await?;
    require(tx, who, moment.now(), episode.person, Sight::Episode(episode.kind, EpisodeChange::Change))
        .await?;
    let last = episode.to.map_or(moment.today(), |to| to.min(moment.today()));
    if change.from < episode.from || change.from > last {
        let day = |day: Date| day.strftime("%-d %B %Y").to_string();
        let words = format!(
            "This was open from {} to {}. Choose a day between",
            day(episode.from),
            if last == moment.today() { "today".to_owned() } else { day(last) }
        );
        return Err(Oops::wrong("from", &words));
    }
    tx.run(store::LOCK, args![episode.person]).await?;
    let rows: Vec<CircumstanceRow> = tx.all(store::CIRCUMSTANCES, args![episode.id]).await?;
    let same = rows.into_iter().filter(|row| row.kind == change.kind.code());
    for row in same.filter(|row| row.to_date.is_none_or(|to| to.0 >= change.from)) {
        tx.run_one(store::SUPERSEDE_CIRCUMSTANCE, args![row.id, moment.now()]).await?;
        if row.from_date.0 < change.from {
            let until = change.from.yesterday().unwrap_or(change.from);
            let (id, now) = (moment.id(), moment.now());
            let values =
                args![id, episode.id, episode.person, &row.kind, &row.words, row.from_date, Some(until), now];
            tx.run(store::ADD_CIRCUMSTANCE, values).await?;
        }
    }
    if !change.words.trim().is_empty() {
        let (id, now) = (moment.id(), moment.now());
        let words = change.words.trim();
        let values =
            args![id, episode.id, episode.person, change.kind.code(), words, change.from, None::<Date>, now];
        tx.run(store::ADD_CIRCUMSTANCE, values).await?;
    }
    clock::refresh(tx, moment, episode.person).await?;
    let payload = json!({ "episode": episode.id, "kind": change.kind.code(), "words": change.words, "from": change.from });
    note(tx, who, moment, Act { action: "change_circumstance", about: &[episode.person], payload }).await?;
    Ok(())
}
