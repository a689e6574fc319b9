//! The page on which a data officer or the system administrator brings files in: chosen, looked at, then stored;
//! and the list of what was brought in before, each with its report.

use super::waiting::{self, Uploads};
use super::{Mode, Outcome, Problems, Report, runs, unwatched};
use super::{question, question_pages};
use crate::entry::when;
use crate::faces::{import_cin_census, import_people};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::room::{Place, Room};
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use page::{Choice, Field, Form, FormErrors, Link, Post, Typed};
use practice::access::Action;
use practice::role::Role;
use serde::Deserialize;
use uuid::Uuid;

const HERE: &str = "/administration/imports";

/// What files said of people, and the pages of imports.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            Place {
                table: "imported_value",
                person: "subject_id",
                what: "what a file last said",
                rows: None,
                export: "SELECT field, words, recorded_at FROM imported_value WHERE subject_id = $1",
                // what a file said under one council id stays under the record that had it, so that the next file of
                // the same id is compared with its own
                merge: "UPDATE imported_value SET words = words WHERE subject_id = $1 AND subject_id = $2",
                dispose: "DELETE FROM imported_value WHERE subject_id = $1",
            },
            crate::dated! {
                table "import_question", person "person_id", what "question of a file",
                thread "question_id",
                words "known_as || ' (' || sort || ')'",
                columns "question_id, run_id, sort, year, known_as, episode_id, file_says, decision, reason, author_id"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route(HERE, get(list))
            .route("/administration/imports/look", post(look))
            .route("/administration/imports/store", post(store))
            .route("/administration/imports/questions", get(question_pages::all))
            .route(
                "/administration/imports/question/{question}",
                get(question_pages::show).post(question_pages::send),
            )
            .route("/administration/imports/{id}", get(one))
    }
}

fn require(signed: &Signed) -> Result<()> {
    import_people::on_behalf(&signed.who, Action::ImportPeople, "").map(drop)
}

#[derive(Deserialize, Default)]
struct Done {
    done: Option<String>,
}

/// `GET /administration/imports`
async fn list(State(app): State<App>, signed: Signed, Query(done): Query<Done>) -> Result<Response> {
    let said = done
        .done
        .filter(|done| done == "forgotten")
        .map(|_| "Nothing was stored, and the files are forgotten.");
    listed(&app, &signed, &Typed::default(), (&FormErrors::new(), said)).await
}

async fn listed(
    app: &App,
    signed: &Signed,
    typed: &Typed,
    (errors, said): (&FormErrors, Option<&str>),
) -> Result<Response> {
    require(signed)?;
    let held = app.clone();
    app.aside(move || waiting::tidy(&held)).await?;
    let runs = runs(&mut app.db.read().await?).await?;
    let form = Form::new(typed, errors);
    let fields = html! {
        (form.radios("kind", "What the files are", vec![
            Choice::new("people", "A folder of people").hint("people.csv, names.csv, relationships.csv, addresses.csv, workers.csv, allocations.csv, episodes.csv, or one zip of them"),
            Choice::new("cin-census", "Children in need censuses").hint("One XML file for each year"),
        ]))
        (form.fill(Field::file("files", "The files", ".csv,.zip,.xml,.txt").several()))
        (form.text("team", "Code of the team that holds what names no team").hint("Needed unless there is only one team"))
        (page::buttons(html! { (page::button("Look at what would happen")) }))
    };
    let body = html! {
        h1 { "Moving in" }
        @if app.settings.demonstration {
            (page::note(html! { "This is the demonstration council, in which everyone is invented: it takes no files." }))
        } @else {
            p { "Bring a team in with its people and their history. First you see what would happen; nothing is stored until you say so." }
            (page::post(&Post { action: "/administration/imports/look", csrf: &signed.csrf, files: true, ..Post::default() }, fields))
        }
        @if signed.who.holds(Role::DataOfficer) { p { a href="/administration/imports/questions" { "What files ask: what a newer return leaves out, and what overlaps" } } }
        h2 { "Brought in before" }
        @if runs.is_empty() { p { "Nothing yet." } }
        ul.rows { @for run in &runs { li {
            a href={ (HERE) "/" (run.id) } { (kind_words(&run.report.kind)) ", " (when::moment(run.at)) }
            p.soft { (run.report.file) " (" (run.by.as_deref().unwrap_or("command line")) ")" }
        } } }
    };
    let back = Link { href: "/administration", label: "Back to Administration" };
    Ok(frame(
        signed,
        &Frame {
            title: "Moving in",
            part: "/administration",
            back: Some(back),
            errors: Some(errors),
            said,
            ..Frame::default()
        },
        body,
    ))
}

fn kind_words(kind: &str) -> &'static str {
    if kind == "people" { "A folder of people" } else { "A children in need census" }
}

/// `GET /administration/imports/{id}`
async fn one(State(app): State<App>, signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    require(&signed)?;
    let mut conn = app.db.read().await?;
    let run = super::run(&mut conn, id).await?;
    let officer = signed.who.holds(Role::DataOfficer);
    let asked = if officer { question::asked_by(&mut conn, id).await? } else { vec![] };
    drop(conn);
    // whoever only administers the system sees how much, and of whom by number, and no more
    let report = if officer { run.report } else { run.report.without_values() };
    let body = html! {
        h1 { (kind_words(&report.kind)) }
        p { "Brought in " (when::moment(run.at)) " by " (run.by.as_deref().unwrap_or("the command line")) "." }
        (question_pages::listed("What this file asks", &asked))
        (drawn(&report))
    };
    Ok(framed(&signed, "An import", body))
}

fn framed(signed: &Signed, title: &str, body: Markup) -> Response {
    let back = Link { href: HERE, label: "Back to Moving in" };
    frame(signed, &Frame { title, part: "/administration", back: Some(back), ..Frame::default() }, body)
}

fn lines(heading: &str, all: &[String], more: Option<&u64>) -> Markup {
    html! { @if !all.is_empty() {
        h2 { (heading) " (" (all.len() as u64 + more.copied().unwrap_or(0)) ")" }
        ul { @for one in all.iter().take(500) { li { (one) } } }
        @if all.len() > 500 { p { "The first 500 are shown here. The command line lists all." } }
    } }
}

/// "people added" as "People added".
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A report on a page.
fn drawn(report: &Report) -> Markup {
    let words = |all: &[super::Change]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let kept: Vec<String> = report.kept.iter().map(ToString::to_string).collect();
    let listed: Vec<String> = report.listed.iter().map(ToString::to_string).collect();
    let unread: Vec<String> = report.not_understood.iter().map(ToString::to_string).collect();
    let rows: Vec<Vec<Markup>> =
        report.counts.iter().map(|(what, many)| vec![html! { (capital(what)) }, html! { (many) }]).collect();
    html! {
        p.soft { (report.file) }
        @if report.changed_nothing() { p { "Nothing in the record changes." } }
        @if !rows.is_empty() {
            (page::table("How much", &[page::Column::words("What"), page::Column::number("How many")], &rows))
        }
        (lines("Changed", &words(&report.changes), report.more.get("changes")))
        (lines("Changed on a page since, so the page stands", &kept, report.more.get("kept")))
        (lines("Left alone", &listed, report.more.get("listed")))
        (lines("Not understood", &unread, report.more.get("not_understood")))
    }
}

fn wrong(problems: &Problems) -> Markup {
    let all: Vec<String> = problems.problems.iter().map(ToString::to_string).collect();
    html! {
        p { "Nothing was stored. Put this right in the files, save them and choose them again." }
        (lines("To be put right", &all, (problems.more > 0).then_some(&problems.more)))
    }
}

/// What was asked for: people or censuses, and the team.
struct Asked {
    kind: String,
    team: Option<String>,
}

impl Asked {
    fn of(typed: &Typed) -> Self {
        let team = Some(typed.get("team").trim()).filter(|team| !team.is_empty()).map(str::to_owned);
        Self { kind: typed.get("kind").to_owned(), team }
    }
}

async fn run(
    app: &App,
    signed: &Signed,
    asked: &Asked,
    uploads: Uploads,
    mode: Mode,
) -> Result<Vec<Outcome>> {
    let team = asked.team.clone();
    if asked.kind == "people" {
        let who = import_people::on_behalf(&signed.who, Action::ImportPeople, "import people")?;
        let folder = match app.aside(move || import_people::from_uploads(uploads)).await? {
            Ok(folder) => folder,
            Err(problems) => return Ok(vec![Outcome::Nothing(problems)]),
        };
        let choice = import_people::Choice { team, mode };
        return Ok(vec![import_people::import(app, &who, &folder, &choice, &unwatched).await?]);
    }
    let who = import_people::on_behalf(&signed.who, Action::ImportReturns, "import cin-census")?;
    let files: Vec<Box<dyn import_cin_census::CensusFile>> = uploads
        .into_iter()
        .map(|(name, bytes)| Box::new(import_cin_census::InMemory::of(&name, bytes)) as Box<_>)
        .collect();
    let choice = import_cin_census::Choice { team, mode };
    import_cin_census::import(app, &who, &files, &choice, &unwatched).await
}

fn outcomes(all: &[Outcome]) -> Markup {
    html! { @for outcome in all {
        @match outcome {
            Outcome::Done(report) => (drawn(report)),
            Outcome::Nothing(problems) => (wrong(problems)),
        }
    } }
}

fn stored_none(all: &[Outcome]) -> bool {
    all.iter().any(|outcome| matches!(outcome, Outcome::Nothing(_)))
}

/// `POST /administration/imports/look`
async fn look(State(app): State<App>, posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    require(signed)?;
    let mut errors = FormErrors::new();
    let asked = Asked::of(&posted.typed);
    errors.require(
        ["people", "cin-census"].contains(&asked.kind.as_str()),
        "kind",
        "Choose what the files are",
    );
    errors.require(!posted.files.is_empty(), "files", "Choose the files");
    if !errors.is_empty() {
        return listed(&app, signed, &posted.typed, (&errors, None)).await;
    }
    let uploads: Uploads = posted.files.iter().map(|file| (file.name.clone(), file.bytes.clone())).collect();
    let all = match run(&app, signed, &asked, uploads.clone(), Mode::Look).await {
        Ok(all) => all,
        Err(Oops::Wrong(fields)) => {
            for (field, sentence) in fields {
                errors.add(field, sentence);
            }
            return listed(&app, signed, &posted.typed, (&errors, None)).await;
        }
        Err(other) => return Err(other),
    };
    let none = stored_none(&all);
    let title = if none { "This cannot be brought in yet" } else { "This is what would happen" };
    let body = if none {
        html! { h1 { (title) } (outcomes(&all)) }
    } else {
        let id = app.moment().id();
        let (held, account) = (app.clone(), signed.account);
        app.aside(move || waiting::keep(&held, account, id, &uploads)).await??;
        html! {
            h1 { (title) }
            (outcomes(&all))
            (page::post(&Post { action: "/administration/imports/store", csrf: &signed.csrf, ..Post::default() }, html! {
                input type="hidden" name="waiting" value=(id);
                input type="hidden" name="kind" value=(asked.kind);
                input type="hidden" name="team" value=(asked.team.as_deref().unwrap_or_default());
                (page::buttons(html! {
                    (page::button("Bring it in").sends("do", "store"))
                    (page::button("Forget these files").sends("do", "forget").quiet())
                }))
            }))
        }
    };
    Ok(framed(signed, title, body))
}

/// `POST /administration/imports/store`
async fn store(State(app): State<App>, posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    require(signed)?;
    let id: Uuid = posted.typed.get("waiting").parse().map_err(|_| Oops::NotFound)?;
    let (held, account) = (app.clone(), signed.account);
    let uploads = app.aside(move || waiting::take(&held, account, id)).await??;
    if posted.typed.get("do") == "forget" {
        return Ok(Redirect::to("/administration/imports?done=forgotten").into_response());
    }
    let uploads = uploads.ok_or_else(|| {
        Oops::Refused(
            "These files have been brought in already, or waited more than a day. Choose them again"
                .to_owned(),
        )
    })?;
    let all = run(&app, signed, &Asked::of(&posted.typed), uploads, Mode::Store).await?;
    if stored_none(&all) {
        let body = html! { h1 { "This could not be brought in" } (outcomes(&all)) };
        return Ok(framed(signed, "This could not be brought in", body));
    }
    crate::journal::seal(&app.db, app.moment().now()).await?;
    let runs = runs(&mut app.db.read().await?).await?;
    let newest = runs.first().ok_or(Oops::NotFound)?;
    Ok(Redirect::to(&format!("{HERE}/{}", newest.id)).into_response())
}
