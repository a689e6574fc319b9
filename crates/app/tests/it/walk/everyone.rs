//! Everyone of the table, signed in, each with the tie that their row says.

use super::town::{Town, put};
use data_encoding::HEXLOWER;
use db::args;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind::{self, Helping, Responsible, Reviewing};
use practice::id::WorkerId;
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{Browser, TestApp, Worker};
use uuid::Uuid;

/// Someone at a browser.
pub(super) struct Who {
    /// As the table calls them.
    pub(super) words: String,
    /// Their browser.
    pub(super) browser: Browser,
    /// Whether they are asked about the person whose record they began.
    pub(super) began: bool,
    /// The code of the team whose pages are theirs.
    pub(super) team: &'static str,
    /// Someone of that team who is away, and the newest row that says so.
    pub(super) absentee: WorkerId,
    pub(super) absence: Uuid,
    /// None for nobody.
    pub(super) worker: Option<Worker>,
}

impl Who {
    /// The code of their account as a worker.
    pub(super) fn code(&self) -> String {
        let name = self.worker.as_ref().map_or("nobody", |worker| worker.who.name.as_str());
        name.to_lowercase().replace(' ', ".")
    }
}

/// Everyone.
pub(super) struct Everyone {
    pub(super) all: Vec<Who>,
}

/// Something kept for one worker.
pub(super) struct Keepsake {
    /// Its address.
    pub(super) path: String,
    /// The same address with something in it that does not exist.
    pub(super) nothing: String,
    /// A cookie that the browser holds, whoever sits at it.
    pub(super) cookie: Option<String>,
    /// Counts it while nothing was done to it.
    there: &'static str,
    key: Vec<u8>,
}

impl Keepsake {
    /// Whether it stands as it was made.
    pub(super) async fn is_there(&self, t: &TestApp) -> bool {
        let id = Uuid::from_slice(&self.key).ok();
        let key = id.map_or_else(|| args![self.key.clone()], |id| args![id]);
        t.app.db.read().await.unwrap().number(self.there, key).await.unwrap() == 1
    }
}

impl Everyone {
    /// Everyone of the tables about a record.
    pub(super) async fn made(t: &TestApp, town: &Town) -> Self {
        let mut all = Self { all: vec![] };
        all.outside(t, town).await;
        all.without_a_tie(t, town).await;
        all.working(t, town).await;
        all.covering_and_leading(t, town).await;
        all.through_a_child(t, town).await;
        all.by_glass_and_list(t, town).await;
        all.shut_out(t, town).await;
        town.close(t).await;
        all
    }

    /// One of each post, and nobody.
    pub(super) async fn by_post(t: &TestApp, town: &Town) -> Self {
        let mut all = Self { all: vec![] };
        all.outside(t, town).await;
        for (words, role) in [
            ("Social worker", Role::SocialWorker),
            ("Newly qualified", Role::NewlyQualified),
            ("Family support worker", Role::FamilySupportWorker),
            ("Team manager", Role::TeamManager),
            ("Reviewing officer", Role::ReviewingOfficer),
            ("Duty worker", Role::DutyWorker),
            ("Data officer", Role::DataOfficer),
            ("Restricted-records officer", Role::RestrictedRecordsOfficer),
            ("System administrator", Role::SystemAdministrator),
        ] {
            let worker = t.worker(&format!("Post {words}"), role, town.south).await;
            all.seat(t, town, words, worker).await;
        }
        let head = t.worker("Post Head", Role::HeadOfService, town.elsewhere).await;
        all.seat(t, town, "Head of service", head).await;
        all
    }

    async fn seat(&mut self, t: &TestApp, town: &Town, words: &str, worker: Worker) {
        let browser = t.signed_in(&worker).await;
        let elsewhere = worker.team == town.elsewhere;
        self.all.push(Who {
            words: words.to_owned(),
            browser,
            began: false,
            team: if elsewhere { "elsewhere" } else { "south" },
            absentee: town.away[usize::from(elsewhere)],
            absence: Uuid::nil(),
            worker: Some(worker),
        });
    }

    async fn outside(&mut self, t: &TestApp, town: &Town) {
        let gone = t.worker("Gone Gray", Role::SocialWorker, town.south).await;
        self.seat(t, town, "Someone whose account has ended", gone.clone()).await;
        put(t, "UPDATE worker SET to_date = $2 WHERE id = $1", args![gone.id, date(2026, 11, 1)]).await;
        let nobody = Who {
            words: "Nobody is signed in".to_owned(),
            browser: t.browser(),
            began: false,
            team: "south",
            absentee: town.away[0],
            absence: Uuid::nil(),
            worker: None,
        };
        self.all.push(nobody);
    }

    async fn without_a_tie(&mut self, t: &TestApp, town: &Town) {
        for (words, name, role, team) in [
            ("A social worker with no tie", "Nan One", Role::SocialWorker, town.south),
            ("A newly qualified social worker with no tie", "Nan Two", Role::NewlyQualified, town.south),
            ("A family support worker with no tie", "Nan Three", Role::FamilySupportWorker, town.south),
            ("A team manager of another team", "Nan Four", Role::TeamManager, town.south),
            ("A head of service elsewhere", "Nan Five", Role::HeadOfService, town.elsewhere),
            ("A reviewing officer with no tie", "Nan Six", Role::ReviewingOfficer, town.south),
            ("A duty worker with no tie", "Nan Seven", Role::DutyWorker, town.south),
            ("A data officer", "Nan Eight", Role::DataOfficer, town.south),
            ("A restricted-records officer", "Nan Nine", Role::RestrictedRecordsOfficer, town.south),
            ("A system administrator", "Nan Ten", Role::SystemAdministrator, town.south),
            ("A colleague in their team", "Nan Eleven", Role::SocialWorker, town.north),
        ] {
            let worker = t.worker(name, role, team).await;
            self.seat(t, town, words, worker).await;
        }
    }

    /// Someone of the north, allocated to everyone in this part.
    async fn allocated(
        &mut self,
        t: &TestApp,
        town: &Town,
        name: &str,
        role: Role,
        part: AllocationKind,
    ) -> Worker {
        let worker = t.worker(name, role, town.north).await;
        for place in &town.main {
            t.allocate(place.person, &worker, part).await;
        }
        worker
    }

    async fn working(&mut self, t: &TestApp, town: &Town) {
        for (words, name, role, part) in [
            ("Their responsible social worker", "Ro One", Role::SocialWorker, Responsible),
            ("Their responsible family support worker", "Ro Two", Role::FamilySupportWorker, Responsible),
            ("Their reviewing officer", "Ro Three", Role::ReviewingOfficer, Reviewing),
            ("A data officer who was allocated to them", "Ro Four", Role::DataOfficer, Helping),
        ] {
            let worker = self.allocated(t, town, name, role, part).await;
            self.seat(t, town, words, worker).await;
        }
        let helps = "A worker who helps, and is named on the entry kept to people named";
        self.seat(t, town, helps, town.helper.clone()).await;
        self.seat(t, town, "Their responsible worker, on the list of their record", town.chief.clone()).await;
        let began = "Whoever began their record, while nobody is allocated";
        self.seat(t, town, began, town.beginner.clone()).await;
        self.all.last_mut().expect("the beginner").began = true;
    }

    async fn covering_and_leading(&mut self, t: &TestApp, town: &Town) {
        let away = self.allocated(t, town, "Sam Away", Role::SocialWorker, Responsible).await;
        let cover = t.worker("Cass Cover", Role::SocialWorker, town.south).await;
        t.away(&away, &cover).await;
        self.seat(t, town, "Whoever covers for a responsible worker", cover).await;
        let manager = t.worker("Mo Manager", Role::TeamManager, town.north).await;
        let cover = t.worker("Dee Cover", Role::SocialWorker, town.south).await;
        t.away(&manager, &cover).await;
        self.seat(t, town, "The manager of their team", manager).await;
        self.seat(t, town, "Whoever covers for the manager of their team", cover).await;
        let head = t.worker("Hana Head", Role::HeadOfService, town.service).await;
        self.seat(t, town, "The head of service above their team", head).await;
    }

    async fn through_a_child(&mut self, t: &TestApp, town: &Town) {
        let [at_home, by_right, unlisted] = [
            ("The worker of a child who lives with them", "Wes One"),
            ("The worker of a child for whom they have parental responsibility", "Wes Two"),
            ("The worker of a restricted child who lives with them, not on that child's list", "Wes Three"),
        ];
        let born = date(2025, 3, 1);
        for ((words, name), tie) in [(at_home, 0), (by_right, 1), (unlisted, 2)] {
            let worker = t.worker(name, Role::SocialWorker, town.north).await;
            for place in &town.main {
                let child = t.person(&format!("Child{tie} Hale"), born).await;
                match tie {
                    1 => t.parent(place.person, child, true).await,
                    _ => t.household(&[place.person, child]).await,
                }
                t.allocate(child, &worker, Responsible).await;
                if tie == 2 {
                    t.level(child, AccessLevel::Restricted).await;
                }
            }
            self.seat(t, town, words, worker).await;
        }
    }

    async fn by_glass_and_list(&mut self, t: &TestApp, town: &Town) {
        self.seat(t, town, "A social worker who has broken the glass", town.breaker.clone()).await;
        let duty = t.worker("Gil Duty", Role::DutyWorker, town.west).await;
        let shut = t.worker("Gil Shut", Role::SocialWorker, town.west).await;
        let named = t.worker("Lis Named", Role::SocialWorker, town.south).await;
        for place in &town.main {
            t.glass(place.person, &duty).await;
            t.glass(place.person, &shut).await;
            t.listed(place.person, &named).await;
        }
        let before = t.now() - SignedDuration::from_hours(1);
        put(t, "UPDATE glass SET until_at = $2 WHERE worker_id = $1", args![shut.id, before]).await;
        self.seat(t, town, "A duty worker who has broken the glass", duty).await;
        self.seat(t, town, "A social worker whose glass has shut again", shut).await;
        self.seat(t, town, "Someone on the list of their record, with no other tie", named).await;
    }

    async fn shut_out(&mut self, t: &TestApp, town: &Town) {
        let linked = self.allocated(t, town, "Neil Neighbour", Role::SocialWorker, Responsible).await;
        for place in &town.main {
            t.conflict(place.person, &linked).await;
            t.listed(place.person, &linked).await;
        }
        self.seat(t, town, "Their responsible worker, who has a link to them", linked).await;
        let both = self.allocated(t, town, "Ada Both", Role::SocialWorker, Responsible).await;
        let mut moment = t.moment();
        put(t, ALSO, args![moment.id(), both.id, date(2024, 1, 1), moment.now()]).await;
        self.seat(t, town, "A system administrator who is also their responsible worker", both).await;
    }
}

const ALSO: &str = "INSERT INTO post (id, worker_id, role, from_date, recorded_at) \
    VALUES ($1, $2, 'system-administrator', $3, $4)";
const DRAFT: &str = "INSERT INTO draft (id, account_id, place, body, version, created_at, updated_at) \
    VALUES ($1, $2, '/record?draft=x', '[]', 1, $3, $3)";
const PASSKEY: &str = "INSERT INTO passkey (id, account_id, name, credential, held, made_at) VALUES ($1, $2, 'my phone', $3, '{}', $4)";
const TOKEN: &str = "INSERT INTO token (id, account_id, name, secret_hash, scopes, roles, made_at, expires_at) \
    VALUES ($1, $2, 'mine', $3, 'people:read', 'social-worker', $4, $5)";
const WRITTEN: &str = "INSERT INTO entry (id, thread_id, kind, happened_at, narrative, significant, readers, author_id, recorded_at) \
    VALUES ($1, $1, 'note', $3, 'A note.', false, 'present', $2, $3)";
const COUNTED: &str = "INSERT INTO recording_time (id, entry_id, worker_id, minutes, how, on_date, recorded_at) \
    VALUES ($1, $1, $2, 5, 'counted', $3, $4)";
const NOTICE: &str = "INSERT INTO notice (id, worker_id, kind, words, made_at) VALUES ($1, $2, 'glass-opened', 'Something happened.', $3)";

impl Everyone {
    /// Something kept for the social worker, at an address of this kind.
    pub(super) async fn keepsake(&self, t: &TestApp, address: &str) -> Keepsake {
        let owner = self.all.iter().find(|who| who.words == "Social worker").expect("the owner");
        let owner = owner.worker.as_ref().expect("a worker");
        let (_, path) = address.split_once(' ').expect("a method and an address");
        let mut moment = t.moment();
        let (mut id, now) = (moment.id(), moment.now());
        let mut cookie = None;
        let mut key = None;
        let there = match path.split('/').nth(1).unwrap_or_default() {
            "drafts" => {
                put(t, DRAFT, args![id, owner.account, now]).await;
                if path.ends_with("put-back") {
                    put(t, "UPDATE draft SET discarded_at = $2 WHERE id = $1", args![id, now]).await;
                    "SELECT CAST(count(*) AS bigint) FROM draft WHERE id = $1 AND discarded_at IS NOT NULL"
                } else {
                    "SELECT CAST(count(*) AS bigint) FROM draft WHERE id = $1 AND discarded_at IS NULL"
                }
            }
            "notice" => {
                put(t, NOTICE, args![id, owner.id, now]).await;
                "SELECT CAST(count(*) AS bigint) FROM notice WHERE id = $1 AND seen_at IS NULL"
            }
            "me" if path.contains("tokens") => {
                let values = args![
                    id,
                    owner.account,
                    id.as_bytes().to_vec(),
                    now,
                    now + SignedDuration::from_hours(24)
                ];
                put(t, TOKEN, values).await;
                "SELECT CAST(count(*) AS bigint) FROM token WHERE id = $1 AND ended_at IS NULL"
            }
            "me" if path.contains("week") => {
                put(t, WRITTEN, args![id, owner.id, now]).await;
                put(t, COUNTED, args![id, owner.id, date(2026, 11, 20), now]).await;
                "SELECT CAST(count(*) AS bigint) FROM recording_time WHERE entry_id = $1 AND superseded_at IS NULL AND minutes > 0"
            }
            "me" if path.contains("passkeys") => {
                put(t, PASSKEY, args![id, owner.account, id.to_string(), now]).await;
                "SELECT CAST(count(*) AS bigint) FROM passkey WHERE id = $1"
            }
            "me" => {
                let other = t.signed_in(owner).await;
                let token = other.cookie(app::who::COOKIE).expect("a session");
                key = Some(app::who::token_hash(token).to_vec());
                "SELECT CAST(count(*) AS bigint) FROM session WHERE token_hash = $1 AND ended_at IS NULL"
            }
            _ => {
                let (kept, held) = kept_form(t, owner).await;
                (id, cookie) = (kept, Some(held));
                "SELECT CAST(count(*) AS bigint) FROM kept_form WHERE id = $1"
            }
        };
        let given = key.as_ref().map_or_else(|| id.to_string(), |key| HEXLOWER.encode(key));
        let none = key.as_ref().map_or_else(|| Uuid::from_u128(7).to_string(), |_| HEXLOWER.encode(&[7; 32]));
        let filled = |with: &str| path.replace("{id}", with).replace("{device}", with);
        let key = key.unwrap_or_else(|| id.as_bytes().to_vec());
        Keepsake { path: filled(&given), nothing: filled(&none), cookie, there, key }
    }
}

/// A form that was sent after the session had ended: its id, and the cookie that opens it.
async fn kept_form(t: &TestApp, owner: &Worker) -> (Uuid, String) {
    let mut browser = t.signed_in(owner).await;
    let token = browser.cookie(app::who::COOKIE).expect("a session").to_owned();
    let hash = app::who::token_hash(&token).to_vec();
    put(t, "UPDATE session SET ended_at = $2 WHERE token_hash = $1", args![hash, t.now()]).await;
    let sent = browser.post("/record", &[("narrative", "Words that must not be lost, however long")]).await;
    assert_eq!(sent.location.as_deref(), Some("/sign-in?next=/kept"), "{}", sent.words());
    let held = browser.cookie(app::who::KEPT_COOKIE).expect("a key in the browser").to_owned();
    let mut again = t.signed_in(owner).await;
    again.hold(app::who::KEPT_COOKIE, &held);
    let page = again.get("/kept").await;
    let (_, rest) = page.text.split_once("name=\"kept\" value=\"").expect("the form is shown again");
    (rest.split('"').next().unwrap_or_default().parse().expect("its id"), held)
}
