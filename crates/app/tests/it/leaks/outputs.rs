//! Everything that leaves the program, read by everybody.

use super::chance::{Chance, words_in};
use super::council::{Council, Someone};
use super::family::COMMON;
use super::may::Eye;
use crate::walk::routes;
use app::faces::export_entries::{Export, Format, export};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};
use testkit::TestApp;

/// Addresses that stand for more than the reader and one thing of a family. Each is tried by the tests of its room.
const ELSEWHERE: &[&str] = &[
    "{photo}",
    "{episode}",
    "{allocation}",
    "{tie}",
    "{request}",
    "{step}",
    "{kind}",
    "{what}",
    "{code}",
    "{rule}",
    "{word}",
    "{token}",
    "{name}",
    "{file}",
    "{other}",
];
/// Addresses whose id is of none of the things a family is made of, or that end the reader's own session.
const NOT_ASKED: &[&str] = &[
    "/attachment/{id}",
    "/attachment/{id}/small",
    "/my/file/{id}",
    "/my/file/{id}/small",
    "/administration/absence/{id}",
    "/administration/imports/{id}",
    "/glass/review/{id}",
    "/joining/{id}",
    "/checking/{id}",
    "/kept/{id}",
    "/me/passkeys/{id}",
    "/my/leave",
    "/my/sign-in",
    "/sign-in",
    "/design",
];
/// What each output must have shown to those who may see it.
const SHOWN: &[(&str, &str)] = &[
    ("/person/{id}", "account"),
    ("/person/{id}", "telephone"),
    ("/person/{id}/about", "confidential address"),
    ("/person/{id}/timeline", "account"),
    ("/person/{id}/timeline", "said"),
    ("/person/{id}/timeline", "disagreed"),
    ("/person/{id}/timeline/pdf", "account"),
    ("/person/{id}/timeline/pdf", "disagreed"),
    ("/person/{id}/family-timeline", "said"),
    ("/person/{id}/family-timeline/pdf", "promised"),
    ("/person/{id}/story", "told"),
    ("/person/{id}/story/pdf", "told"),
    ("/person/{id}/plan", "planned"),
    ("/person/{id}/plan/pdf", "planned"),
    ("/person/{id}/plan/child/pdf", "planned"),
    ("/person/{id}/network", "name"),
    ("/entry/{id}", "said"),
    ("/entry/{id}/text", "account"),
    ("/entry/{id}/download", "account"),
    ("/entry/{id}/pdf", "disagreed"),
    ("/find", "name"),
    ("/today", "promised"),
    ("/api/v1/people/{id}", "telephone"),
    ("/api/v1/people/{id}", "confidential address"),
    ("/api/v1/people/{id}/entries", "account"),
    ("/api/v1/people/{id}/promises", "promised"),
    ("/api/v1/entries/{id}", "said"),
    ("csv", "account"),
    ("plain text", "said"),
    ("/my/read", "account"),
    ("/my/read/{thread}", "said"),
    ("/my/read/{thread}", "disagreed"),
];

/// What was found.
#[derive(Default)]
pub(super) struct Findings {
    asked: usize,
    shown: BTreeMap<(String, &'static str), usize>,
    leaks: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl Findings {
    fn weigh(
        &mut self,
        council: &Council,
        (called, eye): (&str, &Eye),
        (output, at): (&str, &str),
        text: &str,
    ) {
        self.asked += 1;
        for word in words_in(text) {
            let Some((family, secret)) = council.words.get(&word) else { continue };
            if council.families[*family].may(eye, secret, council.now) {
                *self.shown.entry((output.to_owned(), secret.sort())).or_default() += 1;
            } else {
                self.leaks.insert(format!(
                    "{output}: {called} reads {secret:?} of family {family} ({word}) at {at}"
                ));
            }
        }
    }

    /// No word of anybody stands in the log.
    pub(super) fn of_log(&mut self, log: &Log) {
        let said = log.said();
        for word in words_in(&said).into_iter().filter(|word| self.words.contains(word)) {
            self.leaks.insert(format!("the log holds {word}"));
        }
        assert!(said.contains("the log is heard"), "nothing of the log was kept");
    }

    /// Fails where a word stood where it may not, or where too little was shown for that to mean anything.
    /// In few councils chance may leave out an output or two.
    pub(super) fn told(self, councils: usize) {
        let of_output =
            |output: &str| self.shown.iter().filter(|one| one.0.0 == output).map(|one| one.1).sum::<usize>();
        let outputs: BTreeSet<&str> = self.shown.keys().map(|one| one.0.as_str()).collect();
        eprintln!("{} outputs read, {} with words that may be seen there", self.asked, outputs.len());
        for output in &outputs {
            eprintln!("  {output}: {}", of_output(output));
        }
        let leaks: Vec<&String> = self.leaks.iter().collect();
        assert!(
            leaks.is_empty(),
            "{} leaks:\n{}",
            leaks.len(),
            leaks.iter().take(40).map(|one| one.as_str()).collect::<Vec<_>>().join("\n")
        );
        let empty: Vec<_> =
            SHOWN.iter().filter(|one| !self.shown.contains_key(&(one.0.to_owned(), one.1))).collect();
        let left_out = if councils < 5 { 2 } else { 0 };
        assert!(empty.len() <= left_out, "nobody saw what they may see: {empty:?}");
    }
}

/// What the program logs meanwhile.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, some: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(some)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Keeps everything that is logged from now on, in more detail than a council's own log has. Where several tests share
    /// a process they share the log too.
    pub(super) fn kept() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        let log = LOG.get_or_init(|| {
            let log = Self::default();
            let held = log.clone();
            let filter = tracing_subscriber::EnvFilter::new("info,app=trace,db=trace,files=trace");
            tracing_subscriber::fmt().with_env_filter(filter).with_writer(move || held.clone()).init();
            log
        });
        tracing::info!("the log is heard");
        log.clone()
    }

    fn said(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// The addresses that are read, as they are registered, without the method.
fn templates() -> Vec<String> {
    let all = routes::registered().into_iter().filter_map(|one| one.strip_prefix("GET ").map(str::to_owned));
    all.filter(|one| !ELSEWHERE.iter().any(|part| one.contains(part)) && !NOT_ASKED.contains(&one.as_str()))
        .filter(|one| !one.starts_with("/assets") && !one.starts_with("/.well-known"))
        .collect()
}

/// What an address of one thing is asked with.
fn asked_with(template: &str) -> Vec<String> {
    let common = |rest: &str| format!("?{rest}={COMMON}");
    match template {
        "/person/{id}/timeline" | "/person/{id}/family-timeline" | "/person/{id}/timeline/pdf" => {
            vec![String::new(), common("words"), "?known=then&on-day=20&on-month=11&on-year=2026".to_owned()]
        }
        "/person/{id}/story" => vec![String::new(), common("ask")],
        "/person/{id}/plan/line" => vec!["?kind=goal".to_owned()],
        "/record" => vec![],
        _ => vec![String::new()],
    }
}

/// What the addresses of a family are filled with, by the start of the address.
struct Things {
    people: Vec<Vec<String>>,
    entries: Vec<Vec<String>>,
    threads: Vec<Vec<String>>,
    beside: BTreeMap<&'static str, Vec<(usize, String)>>,
}

impl Things {
    async fn of(t: &TestApp, council: &Council) -> Self {
        let each =
            |of: &dyn Fn(&super::family::Family) -> Vec<String>| council.families.iter().map(of).collect();
        let mut beside = BTreeMap::new();
        for (start, sql) in [
            ("/promise/", "SELECT promise_id, person_id FROM promise"),
            ("/question/", "SELECT question_id, person_id FROM question"),
            ("/disagreement/", "SELECT id, person_id FROM disagreement"),
        ] {
            beside.insert(start, council.beside(t, sql).await);
        }
        Self {
            people: each(&|family| family.kin.iter().map(|one| one.id.to_string()).collect()),
            entries: each(&|family| family.deeds.iter().map(|one| one.id.to_string()).collect()),
            threads: each(&|family| family.deeds.iter().map(|one| one.thread.to_string()).collect()),
            beside,
        }
    }

    fn for_address(&self, template: &str, family: usize) -> Vec<String> {
        if template.contains("/person/{id}")
            || template.contains("/people/{id}")
            || template.contains("{person}")
        {
            return self.people[family].clone();
        }
        if template.contains("/entry/{id}") || template.contains("/entries/{id}") {
            return self.entries[family].clone();
        }
        if template.contains("{thread}") {
            return self.threads[family].clone();
        }
        let beside = self.beside.iter().find(|one| template.starts_with(one.0)).map(|one| one.1);
        beside.into_iter().flatten().filter(|one| one.0 == family).map(|one| one.1.clone()).collect()
    }
}

/// Everybody reads everything that may concern them, and some of what does not.
pub(super) async fn read(t: &TestApp, council: &mut Council, chance: &mut Chance, findings: &mut Findings) {
    findings.words.extend(council.words.keys().cloned());
    let templates = templates();
    let things = Things::of(t, council).await;
    let mut everyone = std::mem::take(&mut council.everyone);
    for someone in &mut everyone {
        for template in &templates {
            let own = template.starts_with("/my");
            if own == matches!(someone.eye, Eye::Worker(_)) && !chance.in_ten(1) {
                continue;
            }
            for path in paths(&things, council, someone, template, chance) {
                ask(council, someone, (template, &path), findings).await;
            }
        }
        files(t, council, someone, findings).await;
    }
    council.everyone = everyone;
}

/// The addresses of one kind that somebody asks for: those of their own family more often than those of others.
fn paths(
    things: &Things,
    council: &Council,
    someone: &Someone,
    template: &str,
    chance: &mut Chance,
) -> Vec<String> {
    let mut found = vec![];
    if template == "/find" || template == "/api/v1/people" {
        // not the whole of a name, so that what was asked for is not taken for an answer
        let names: Vec<&String> =
            council.words.iter().filter(|one| one.1.1.sort() == "name").map(|one| one.0).collect();
        let some: Vec<&String> = (0..3).map(|_| names[chance.below(names.len())]).collect();
        let asked = some.into_iter().map(|name| format!("{template}?q={}+Sample", &name[..9]));
        // without words it names those whom the reader works with
        return asked.chain((template == "/find").then(|| template.to_owned())).collect();
    }
    if !template.contains('{') {
        let first = ["/today", "/my", "/my/read", "/team"].contains(&template);
        if !first && !chance.in_ten(2) {
            return vec![];
        }
        return asked_with(template).into_iter().map(|with| format!("{template}{with}")).collect();
    }
    let another = chance.below(council.families.len());
    for family in [someone.family.unwrap_or(another), another] {
        for thing in things.for_address(template, family) {
            // of what is theirs more often than of what is not
            let rarely = if someone.family == Some(family) || someone.family.is_none() { 7 } else { 25 };
            if chance.below(rarely) > 0 {
                continue;
            }
            let (start, rest) = template.split_once('{').unwrap_or((template, ""));
            let rest = rest.split_once('}').map_or("", |parts| parts.1);
            found.extend(asked_with(template).into_iter().map(|with| format!("{start}{thing}{rest}{with}")));
        }
    }
    found
}

async fn ask(
    council: &Council,
    someone: &mut Someone,
    (template, path): (&str, &str),
    findings: &mut Findings,
) {
    let answer = match (&mut someone.program, path.strip_prefix("/api/v1")) {
        (Some(program), Some(path)) => program.get(path).await,
        _ => someone.browser.get(path).await,
    };
    assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
    findings.weigh(council, (&someone.called, &someone.eye), (template, path), &answer.text);
}

/// What a worker takes along as files.
async fn files(t: &TestApp, council: &Council, someone: &Someone, findings: &mut Findings) {
    let Some(worker) = &someone.worker else { return };
    for (output, format) in [("csv", Format::Csv), ("plain text", Format::Text)] {
        let mut out: Vec<u8> = vec![];
        let what = Export { since: Timestamp::UNIX_EPOCH, format, own: false };
        if export(&t.app, &worker.who, what, &mut out).await.is_ok() {
            let text = String::from_utf8_lossy(&out);
            findings.weigh(council, (&someone.called, &someone.eye), (output, output), &text);
        }
    }
}
