//! Fresh councils, one for each test and engine.

use app::council::Settings;
use app::{App, Moment};
use db::Db;
use jiff::{SignedDuration, Timestamp};
use std::future::Future;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// A council of one test.
pub struct TestApp {
    /// The council.
    pub app: App,
    now: Arc<AtomicI64>,
    drawn: AtomicU64,
    url: String,
    _folder: tempfile::TempDir,
}

/// Runs a test on SQLite and, where `TEST_POSTGRES` is set, on PostgreSQL.
pub async fn both<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    test(TestApp::sqlite().await).await;
    if let Some(server) = postgres_server() {
        test(TestApp::postgres(&server).await).await;
    }
}

fn postgres_server() -> Option<String> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    #[expect(clippy::disallowed_methods, reason = "the test's own switch")]
    SERVER.get_or_init(|| std::env::var("TEST_POSTGRES").ok().filter(|url| !url.is_empty())).clone()
}

/// When tests begin: a Saturday morning in winter, so that London and UTC agree.
const BEGIN: &str = "2026-11-21T10:00:00Z";

impl TestApp {
    /// The same council, set to run otherwise.
    #[must_use]
    pub fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.app.settings.clone();
        change(&mut settings);
        let held = Arc::clone(&self.now);
        let time =
            Arc::new(move || Timestamp::from_microsecond(held.load(Ordering::SeqCst)).expect("a time"));
        self.app = with_press(App::new(self.app.db.clone(), self.app.files.clone(), settings, time));
        self
    }

    /// A council on the embedded database.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let url = format!("sqlite:{}", folder.path().join("alongside.db").display());
        Self::open(folder, url).await
    }

    /// A council in a database of its own on a server.
    pub async fn postgres(server: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let name = format!("t{}", uuid::Uuid::from_u128(rand_name()).simple());
        let pool = sqlx::PgPool::connect(server).await.expect("the test server");
        #[expect(clippy::disallowed_methods, reason = "the name of a throw-away database, made here")]
        let make = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(make).execute(&pool).await.expect("a database for a test");
        pool.close().await;
        let (base, _) = server.rsplit_once('/').expect("the server's address ends with a database");
        Self::open(folder, format!("{base}/{name}")).await
    }

    async fn open(folder: tempfile::TempDir, url: String) -> Self {
        let db = Db::open(&url).await.expect("the test database opens");
        db.migrate().await.expect("the test database migrates");
        let files = files::Folder::open(&folder.path().join("files")).expect("a folder for attachments");
        let begin: Timestamp = BEGIN.parse().expect("a time");
        let now = Arc::new(AtomicI64::new(begin.as_microsecond()));
        let held = Arc::clone(&now);
        let time =
            Arc::new(move || Timestamp::from_microsecond(held.load(Ordering::SeqCst)).expect("a time"));
        let settings = Settings {
            council: "Testing".to_owned(),
            demonstration: false,
            public_url: "http://localhost:8080".to_owned(),
            passkey_domain: None,
            single_sign_on: None,
            mail: None,
            behind_proxy: false,
            largest_file: 20 * 1024 * 1024,
        };
        let app = with_press(App::new(db, files, settings, time));
        Self { app, now, drawn: AtomicU64::new(1), url, _folder: folder }
    }

    /// Another empty council on the same engine.
    pub async fn beside(&self) -> Self {
        if self.url.starts_with("sqlite:") {
            return Self::sqlite().await;
        }
        Self::postgres(&postgres_server().expect("the test server")).await
    }

    /// Another empty council on the other engine, or on this one where there is no server.
    pub async fn across(&self) -> Self {
        match postgres_server() {
            Some(server) if self.url.starts_with("sqlite:") => Self::postgres(&server).await,
            _ => Self::sqlite().await,
        }
    }

    /// Holds the rows of a table of facts against the journal: there are some, and each is as an action left it.
    pub async fn facts_hold(&self, table: &str) {
        let mut conn = self.app.db.read().await.expect("a snapshot");
        let of = db::fact_tables().find(|one| one.name == table).expect("a table of facts");
        assert!(db::whole::count(&mut conn, of).await.expect("a number") > 0, "there is no {table}");
        let mut found = app::journal::verify(&mut conn, self.now()).await.expect("a proof");
        app::journal::verify_facts(&mut conn, &mut found).await.expect("a proof");
        let of_it = |fault: &&app::journal::Fault| fault.words.contains(&format!(" of {table} "));
        assert_eq!(found.faults.iter().find(of_it), None);
        assert_eq!(found.found, found.faults.len(), "too many findings to tell");
    }

    /// The address of the database.
    pub fn database_url(&self) -> &str {
        &self.url
    }

    /// The frozen instant.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.now.load(Ordering::SeqCst)).expect("a time")
    }

    /// Moves the frozen clock.
    pub fn set_now(&self, now: &str) {
        let now: Timestamp = now.parse().expect("a time like 2026-11-21T10:00:00Z");
        self.now.store(now.as_microsecond(), Ordering::SeqCst);
    }

    /// Lets time go by.
    pub fn pass(&self, time: SignedDuration) {
        let later = self.now() + time;
        self.now.store(later.as_microsecond(), Ordering::SeqCst);
    }

    /// A moment now, whose ids repeat from run to run.
    pub fn moment(&self) -> Moment {
        Moment::seeded(self.now(), self.drawn.fetch_add(1, Ordering::SeqCst))
    }
}

/// A press that gives the words of a document as they are: what is set from them is the business of `paper`'s own tests.
fn with_press(app: App) -> App {
    app.paper.set_up(|document, _| Ok(document.words().into_bytes()));
    app
}

fn rand_name() -> u128 {
    let mut bytes = [0; 16];
    #[expect(clippy::disallowed_methods, reason = "the name of a throw-away database")]
    getrandom::fill(&mut bytes).expect("random bytes");
    u128::from_be_bytes(bytes)
}

// A closure that uses only `t.app` must still carry the whole of it, or the folder goes before the test ends.
impl Drop for TestApp {
    fn drop(&mut self) {
        self.drawn.store(0, Ordering::SeqCst);
    }
}
