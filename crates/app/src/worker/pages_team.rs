//! The pages of teams: the tree as it stands today, and what can be done with each.

use super::day;
use super::pages::{ADMINISTRATION, Done, framed, require, settle, team_by, team_choices, to};
use super::pages_workers::post_words;
use super::store::{self, PostRow, TeamRow, UnderRow, WorkerRow};
use super::teams::{self, AddTeam, ChangeTeam};
use crate::form::Posted;
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use db::{Conn, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Form, FormErrors, Link, Post, Typed, Width};
use practice::access::Action;
use practice::id::TeamId;
use practice::role::Role;
use uuid::Uuid;

const TEAMS: Link<'static> = Link { href: "/administration/teams", label: "Back to Teams" };

/// Every team with the tree, the posts and their holders.
struct Tree {
    teams: Vec<TeamRow>,
    under: Vec<UnderRow>,
    posts: Vec<PostRow>,
    workers: Vec<WorkerRow>,
    today: Date,
}

impl Tree {
    async fn read(app: &App) -> Result<Self> {
        let today = app.moment().today();
        let mut conn = app.db.read().await?;
        Ok(Self {
            teams: conn.all(store::TEAMS, args![]).await?,
            under: conn.all(store::TREE, args![]).await?,
            posts: conn.all(store::ALL_POSTS, args![today]).await?,
            workers: conn.all(store::WORKERS, args![]).await?,
            today,
        })
    }

    fn standing(&self) -> impl Iterator<Item = &TeamRow> {
        self.teams.iter().filter(|team| team.to_date.is_none_or(|to| to.0 >= self.today))
    }

    fn parent(&self, team: Uuid) -> Option<Uuid> {
        let stands = |row: &&UnderRow| {
            row.team_id == team
                && row.from_date.0 <= self.today
                && row.to_date.is_none_or(|to| to.0 >= self.today)
        };
        self.under.iter().find(stands).map(|row| row.parent_id)
    }

    fn managers(&self, team: Uuid) -> Vec<&str> {
        let leads = |post: &&PostRow| {
            post.team_id == Some(team) && Role::from_code(&post.role).is_some_and(Role::leads)
        };
        let held = self.posts.iter().filter(leads);
        held.filter_map(|post| self.workers.iter().find(|row| row.id == post.worker_id))
            .map(|row| row.name.as_str())
            .collect()
    }

    /// The teams under one (none: at the top), each with those under it.
    fn list(&self, parent: Option<Uuid>, depth: usize) -> Markup {
        let own: Vec<&TeamRow> = self.standing().filter(|team| self.parent(team.id) == parent).collect();
        html! {
            @if !own.is_empty() && depth < 12 {
                ul { @for team in own {
                    @let managers = self.managers(team.id);
                    li {
                        a href={ "/administration/teams/" (team.code) } { (team.name) }
                        @if let Some(place) = &team.place { " " span.soft { (place) } }
                        p.soft.small { @if managers.is_empty() { "No manager" } @else { (managers.join(", ")) } }
                        (self.list(Some(team.id), depth + 1))
                    }
                } }
            }
        }
    }
}

/// `GET /administration/teams`
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response> {
    require(&signed, Action::ChangeTeams)?;
    let tree = Tree::read(&app).await?;
    let ended: Vec<&TeamRow> =
        tree.teams.iter().filter(|team| team.to_date.is_some_and(|to| to.0 < tree.today)).collect();
    let body = html! {
        h1 { "Teams" }
        p { (page::link_button("/administration/teams/new", "Add a team")) }
        @if tree.standing().next().is_none() { (page::empty("No team yet", html! { "A team holds the people who work together, and the children and families they answer for." })) }
        (tree.list(None, 0))
        @if !ended.is_empty() {
            (page::details("Teams that have ended", html! {
                ul { @for team in ended { li { a href={ "/administration/teams/" (team.code) } { (team.name) } } } }
            }))
        }
    };
    Ok(framed(&signed, "Teams", ADMINISTRATION, &done, &FormErrors::new(), body))
}

/// `GET /administration/teams/new`
pub(super) async fn blank(State(app): State<App>, signed: Signed) -> Result<Response> {
    require(&signed, Action::ChangeTeams)?;
    let mut typed = Typed::default();
    typed.put_date("from", app.moment().today());
    new_form(&app, &signed, &typed, &FormErrors::new()).await
}

async fn new_form(app: &App, signed: &Signed, typed: &Typed, errors: &FormErrors) -> Result<Response> {
    let mut conn = app.db.read().await?;
    let teams: Vec<TeamRow> = conn.all(store::TEAMS, args![]).await?;
    drop(conn);
    let form = Form::new(typed, errors);
    let fields = html! {
        (form.text("name", "Name").no_spelling().width(Width::Middle))
        (form.text("code", "Code").no_spelling().width(Width::Short).hint("Short, such as north. Files and addresses name it by this"))
        (form.text("place", "Place (if any)").no_spelling().width(Width::Middle))
        (form.select("under", "Stands under", team_choices(&teams, app.moment().today(), "No team: at the top")))
        (form.date("from", "Since"))
        (page::buttons(html! { (page::button("Add")) a href="/administration/teams" { "Go back" } }))
    };
    let body = html! {
        h1 { "Add a team" }
        (page::post(&Post { action: "/administration/teams", csrf: &signed.csrf, ..Post::default() }, fields))
    };
    Ok(framed(signed, "Add a team", TEAMS, &Done::default(), errors, body))
}

async fn above(conn: &mut Conn, typed: &Typed) -> Result<Option<TeamId>> {
    match typed.some("under") {
        Some(code) => Ok(Some(team_by(conn, code).await?.id.into())),
        None => Ok(None),
    }
}

/// `POST /administration/teams`
pub(super) async fn create(State(app): State<App>, posted: Posted) -> Result<Response> {
    require(&posted.signed, Action::ChangeTeams)?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    if let Some(from) = typed.date("from", "Since", &mut errors) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let command = AddTeam {
            code: typed.get("code").to_owned(),
            name: typed.get("name").to_owned(),
            place: typed.some("place").map(str::to_owned),
            from,
            to: None,
            under: above(&mut tx, typed).await?,
        };
        let code = command.code.trim().to_owned();
        let done = teams::add_team(&mut tx, &posted.signed.who, &mut moment, command).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to(&format!("/administration/teams/{code}?done=added"));
        }
    }
    new_form(&app, &posted.signed, typed, &errors).await
}

/// `GET /administration/teams/{code}`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(code): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response> {
    require(&signed, Action::ChangeTeams)?;
    one(&app, &signed, &code, (&done, None, &FormErrors::new())).await
}

async fn one(
    app: &App,
    signed: &Signed,
    code: &str,
    (done, typed, errors): (&Done, Option<&Typed>, &FormErrors),
) -> Result<Response> {
    let tree = Tree::read(app).await?;
    let row = tree.teams.iter().find(|team| team.code == code).ok_or(Oops::NotFound)?;
    let parent = tree.parent(row.id).and_then(|id| tree.teams.iter().find(|team| team.id == id));
    let known = {
        let mut known = Typed::from_pairs([
            ("version", row.version.to_string()),
            ("name", row.name.clone()),
            ("place", row.place.clone().unwrap_or_default()),
            ("under", parent.map(|team| team.code.clone()).unwrap_or_default()),
        ]);
        known.put_date("from", tree.today);
        known.put_date("on", tree.today);
        known
    };
    let form = Form::new(typed.unwrap_or(&known), errors);
    let held: Vec<&PostRow> = tree.posts.iter().filter(|post| post.team_id == Some(row.id)).collect();
    let worker = |post: &PostRow| tree.workers.iter().find(|worker| worker.id == post.worker_id);
    let body = html! {
        h1 { (row.name) @if let Some(to) = row.to_date { " " (page::tag(page::Tag::Plain, &format!("ended on {}", day(to.0)))) } }
        p.soft {
            "Code " (row.code) ", since " (day(row.from_date.0)) "."
            @if let Some(above) = parent { " Stands under " a href={ "/administration/teams/" (above.code) } { (above.name) } "." }
        }
        h2 { "Who works here" }
        @if held.is_empty() { p { "Nobody yet." } }
        ul.rows { @for post in &held { @if let Some(worker) = worker(post) { li {
            a href={ "/administration/workers/" (worker.code) } { (worker.name) }
            " " span.soft { (Role::from_code(&post.role).map_or_else(|| post_words(post), |role| role.plain().to_owned())) }
        } } } }
        (forms(signed, row, &form, team_choices(&tree.teams, tree.today, "No team: at the top")))
    };
    Ok(framed(signed, &row.name, TEAMS, done, errors, body))
}

fn forms(signed: &Signed, row: &TeamRow, form: &Form<'_>, teams: Vec<page::Choice<'static>>) -> Markup {
    let address = |end: &str| format!("/administration/teams/{}{end}", row.code);
    let sent = |action: &str, fields: Markup| {
        page::post(&Post { action, csrf: &signed.csrf, ..Post::default() }, fields)
    };
    let others: Vec<page::Choice<'static>> = teams;
    html! {
        h2 { "Change" }
        (sent(&address(""), html! {
            input type="hidden" name="version" value=(row.version);
            (form.text("name", "Name").no_spelling().width(Width::Middle))
            (form.text("place", "Place (if any)").no_spelling().width(Width::Middle))
            (page::buttons(html! { (page::button("Change")) }))
        }))
        @if row.to_date.is_none() {
            h2 { "Move" }
            (sent(&address("/move"), html! {
                (form.select("under", "Stands under", others))
                (form.date("from", "From which day"))
                (page::buttons(html! { (page::button("Move").quiet()) }))
            }))
            h2 { "End" }
            (sent(&address("/end"), html! {
                p { "A team ends when it holds no open episode, no worker and no other team." }
                (form.date("on", "Last day"))
                (page::buttons(html! { (page::button("End the team").quiet()) }))
            }))
        }
    }
}

/// `POST /administration/teams/{code}`
pub(super) async fn send_change(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::ChangeTeams)?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row = team_by(&mut tx, &code).await?;
    let command = ChangeTeam {
        team: row.id.into(),
        version: typed.get("version").parse().map_err(|_| Oops::Stale)?,
        name: typed.get("name").to_owned(),
        place: typed.some("place").map(str::to_owned),
    };
    let done = match teams::change_team(&mut tx, &posted.signed.who, &mut moment, command).await {
        Err(Oops::Stale) => Err(Oops::Refused(format!(
            "Someone else changed this meanwhile: name {}, place {}. Send yours again if it is right",
            row.name,
            row.place.as_deref().unwrap_or("none")
        ))),
        other => other,
    };
    if settle(done, &mut errors)?.is_some() {
        tx.commit().await?;
        return to(&format!("/administration/teams/{code}?done=changed"));
    }
    drop(tx);
    again(&app, &posted, &code, &errors).await
}

/// The page again with what was typed, and what is known where nothing was.
async fn again(app: &App, posted: &Posted, code: &str, errors: &FormErrors) -> Result<Response> {
    let mut conn = app.db.read().await?;
    let row = team_by(&mut conn, code).await?;
    drop(conn);
    let mut typed = posted.typed.clone();
    for (name, known) in [("name", row.name), ("place", row.place.unwrap_or_default())] {
        if typed.all(name).next().is_none() {
            typed.put(name, known);
        }
    }
    for name in ["from", "on"] {
        if typed.all(&format!("{name}-day")).next().is_none() {
            typed.put_date(name, app.moment().today());
        }
    }
    one(app, &posted.signed, code, (&Done::default(), Some(&typed), errors)).await
}

/// `POST /administration/teams/{code}/move`
pub(super) async fn send_move(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::ChangeTeams)?;
    let mut errors = FormErrors::new();
    if let Some(from) = posted.typed.date("from", "From which day", &mut errors) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let row = team_by(&mut tx, &code).await?;
        let under = above(&mut tx, &posted.typed).await?;
        let done =
            teams::move_team(&mut tx, &posted.signed.who, &mut moment, row.id.into(), (under, from)).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to(&format!("/administration/teams/{code}?done=moved"));
        }
    }
    again(&app, &posted, &code, &errors).await
}

/// `POST /administration/teams/{code}/end`
pub(super) async fn send_end(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::ChangeTeams)?;
    let mut errors = FormErrors::new();
    if let Some(on) = posted.typed.date("on", "Last day", &mut errors) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let row = team_by(&mut tx, &code).await?;
        let done = teams::end_team(&mut tx, &posted.signed.who, &mut moment, row.id.into(), on).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to(&format!("/administration/teams/{code}?done=ended"));
        }
    }
    again(&app, &posted, &code, &errors).await
}
