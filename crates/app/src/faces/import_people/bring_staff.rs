//! Teams and workers of a folder: a team that is named is made, a worker with a known code is brought up to date.

use super::bring::{Bring, Field};
use super::columns::WORKERS;
use super::rows::{At, WorkerRow};
use super::store::{self, KnownWorker, PostRow};
use crate::Result;
use crate::worker::{self, AddTeam, AddWorker, ChangeWorker, NewPost};
use db::args;
use jiff::civil::Date;
use practice::id::WorkerId;

impl Bring<'_> {
    /// Brings teams, then workers with their posts.
    pub(super) async fn staff(&mut self, rows: &[At<WorkerRow>]) -> Result<()> {
        self.new_teams(rows).await?;
        let today = self.moment.today();
        for row in rows {
            let held = self.workers.get(&row.is.code).copied();
            match held {
                None => {
                    let posts = rows.iter().filter(|other| other.is.code == row.is.code);
                    let began =
                        posts.clone().map(|post| post.is.from.unwrap_or(today)).min().unwrap_or(today);
                    let left =
                        posts.map(|post| post.is.to.filter(|to| *to < today)).collect::<Option<Vec<Date>>>();
                    self.new_worker(row, began, left.and_then(|days| days.into_iter().max())).await?;
                }
                Some(worker) => self.known_worker(worker, row).await?,
            }
            self.row_done();
        }
        Ok(())
    }

    async fn new_teams(&mut self, rows: &[At<WorkerRow>]) -> Result<()> {
        let mut made: Vec<&At<WorkerRow>> = vec![];
        for row in rows {
            let (Some(code), Some(name)) = (&row.is.team, &row.is.team_name) else { continue };
            if self.teams.contains_key(&code.to_lowercase()) {
                continue;
            }
            let from = rows
                .iter()
                .filter(|other| other.is.team.as_ref() == Some(code))
                .filter_map(|other| other.is.from)
                .min();
            let command = AddTeam {
                code: code.clone(),
                name: name.clone(),
                place: row.is.team_place.clone(),
                from: from.unwrap_or_else(|| self.moment.today()),
                to: None,
                under: None,
            };
            let result = worker::add_team(self.tx, self.who, self.moment, command).await;
            if let Some(team) = self.settle(WORKERS.file, row.line, result)? {
                self.teams.insert(code.to_lowercase(), team);
                self.report.count("teams added");
                made.push(row);
            }
        }
        if self.team.is_none() && self.teams.len() == 1 {
            self.team = self.teams.values().next().copied();
        }
        for row in made {
            let under =
                row.is.team_under.as_ref().and_then(|code| self.teams.get(&code.to_lowercase()).copied());
            let team = row.is.team.as_ref().and_then(|code| self.teams.get(&code.to_lowercase()).copied());
            let (Some(team), Some(_)) = (team, under) else { continue };
            let from = row.is.from.unwrap_or_else(|| self.moment.today());
            let result = worker::move_team(self.tx, self.who, self.moment, team, (under, from)).await;
            self.settle(WORKERS.file, row.line, result)?;
        }
        Ok(())
    }

    fn post(&self, row: &WorkerRow) -> NewPost {
        let in_team = row.role.can_be_allocated() || row.role.leads() || row.team.is_some();
        NewPost {
            role: row.role,
            team: if in_team { self.team(row.team.as_deref()) } else { None },
            from: row.from.unwrap_or_else(|| self.moment.today()),
            to: row.to,
        }
    }

    async fn new_worker(&mut self, row: &At<WorkerRow>, from: Date, to: Option<Date>) -> Result<()> {
        let is = &row.is;
        let post = self.post(is);
        let command = AddWorker {
            code: is.code.clone(),
            name: is.name.clone(),
            email: is.email.clone(),
            phone: is.phone.clone(),
            registration_number: is.registration.clone(),
            hue: None,
            from,
            to,
            posts: vec![post],
        };
        let result = worker::add(self.tx, self.who, self.moment, command).await;
        let Some(worker) = self.settle(WORKERS.file, row.line, result)? else { return Ok(()) };
        self.workers.insert(is.code.clone(), worker);
        self.fresh.insert(worker.0);
        self.report.count("workers added");
        let fields = [
            ("name", Some(is.name.clone())),
            ("email", is.email.clone()),
            ("phone", is.phone.clone()),
            ("registration number", is.registration.clone()),
        ];
        for (what, file) in fields {
            self.takes(Field {
                subject: worker.0,
                whom: &is.code,
                name: what,
                what,
                record: file.clone(),
                file,
                secret: false,
                new: true,
            })
            .await?;
        }
        Ok(())
    }

    async fn known_worker(&mut self, worker: WorkerId, row: &At<WorkerRow>) -> Result<()> {
        let is = &row.is;
        let known: KnownWorker = self.tx.one(store::WORKER, args![worker]).await?;
        let mut put = ChangeWorker {
            worker,
            version: known.version,
            name: known.name.clone(),
            email: known.email.clone(),
            phone: known.phone.clone(),
            registration_number: known.registration_number.clone(),
        };
        let mut changed = false;
        let fields = [
            ("name", Some(is.name.clone()), Some(known.name)),
            ("email", is.email.clone(), known.email),
            ("phone", is.phone.clone(), known.phone),
            ("registration number", is.registration.clone(), known.registration_number),
        ];
        for (what, file, record) in fields {
            let field = Field {
                subject: worker.0,
                whom: &is.code,
                name: what,
                what,
                file: file.clone(),
                record,
                secret: false,
                new: false,
            };
            if self.takes(field).await? {
                changed = true;
                match what {
                    "name" => put.name = file.unwrap_or_default(),
                    "email" => put.email = file,
                    "phone" => put.phone = file,
                    _ => put.registration_number = file,
                }
            }
        }
        if changed {
            let result = worker::change(self.tx, self.who, self.moment, put).await;
            self.settle(WORKERS.file, row.line, result)?;
        }
        self.known_post(worker, row).await
    }

    /// A post that is not there yet begins; one to which the file gives a last day ends.
    async fn known_post(&mut self, worker: WorkerId, row: &At<WorkerRow>) -> Result<()> {
        let is = &row.is;
        let new = self.post(is);
        let posts: Vec<PostRow> = self.tx.all(store::POSTS, args![worker]).await?;
        let same = |post: &&PostRow| {
            let same_place = post.role == new.role.code() && post.team_id == new.team.map(|team| team.0);
            same_place && (post.to_date.is_none() || is.from.is_some_and(|from| post.from_date.0 == from))
        };
        let name =
            format!("post:{}:{}:{:?}", new.role.code(), is.team.as_deref().unwrap_or_default(), is.from);
        let what = format!("post as {}", new.role.plain().to_lowercase());
        let ending = new.to.filter(|to| *to <= self.moment.today());
        let Some(post) = posts.iter().find(same) else {
            let field = Field {
                subject: worker.0,
                whom: &is.code,
                name: &name,
                what: &what,
                file: Some("held".to_owned()),
                record: None,
                secret: false,
                new: self.fresh.contains(&worker.0),
            };
            if self.takes(field).await? {
                let result = worker::begin_post(self.tx, self.who, self.moment, worker, new).await;
                self.settle(WORKERS.file, row.line, result)?;
            }
            return Ok(());
        };
        let field = Field {
            subject: worker.0,
            whom: &is.code,
            name: &format!("{name}:to"),
            what: &format!("last day of the {what}"),
            file: ending.map(|day| day.to_string()),
            record: post.to_date.map(|day| day.0.to_string()),
            secret: false,
            new: false,
        };
        if self.takes(field).await?
            && let Some(on) = ending
        {
            let result = worker::end_post(self.tx, self.who, self.moment, post.id, on).await;
            self.settle(WORKERS.file, row.line, result)?;
        }
        Ok(())
    }
}
