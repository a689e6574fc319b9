//! Opening the council and serving it, until told to stop.

use crate::config::Config;
use anyhow::{Context, Result, bail};
use app::council::{self, Mark, Nature, Settings};
use app::{App, routes};
use axum_server::Handle;
use db::Db;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::sync::Arc;
use std::time::Duration;

/// Structured logs to standard error; no personal data in them. Some commands read or fill whole tables.
pub(crate) fn log(whole_tables: bool) {
    // a statement that reads or fills a whole table is long, and nothing is wrong with it
    let usual =
        if whole_tables { "warn,sqlx=error,alongside=info,app=info" } else { "warn,alongside=info,app=info" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("ALONGSIDE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the running program reads the machine's clock"
)]
pub(crate) fn machine_time() -> council::Time {
    Arc::new(jiff::Timestamp::now)
}

/// The machine's clock, and so many days on: the invented council goes on from a later day.
fn time_later(days: u16) -> council::Time {
    let time = machine_time();
    let later = Duration::from_secs(u64::from(days) * 86_400);
    Arc::new(move || time().saturating_add(later).unwrap_or(jiff::Timestamp::MAX))
}

/// Opens the database and the folder of attachments.
pub(crate) async fn open(config: &Config, database: &str, demonstration: bool) -> Result<App> {
    open_at(config, (database, demonstration), machine_time()).await
}

async fn open_at(
    config: &Config,
    (database, demonstration): (&str, bool),
    time: council::Time,
) -> Result<App> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("the folder {} could not be made", config.data.display()))?;
    let db = Db::open_with(&config.database(database), config.keys.database.as_ref())
        .await
        .context("the database could not be opened")?;
    let files = files::Folder::open(&config.data.join(if demonstration { "demo-files" } else { "files" }))?
        .with_keys(config.keys.attachments.clone());
    let settings = Settings {
        council: config.council.clone(),
        demonstration,
        public_url: config.public_url.clone(),
        passkey_domain: config.passkey_domain.clone(),
        single_sign_on: config.single_sign_on.clone(),
        mail: config.mail.clone(),
        behind_proxy: config.behind_proxy,
        largest_file: config.largest_file_mb * 1024 * 1024,
    };
    let app = App::new(db, files, settings, time);
    #[cfg(feature = "pdf")]
    app.paper.set_up(|document, made| paper::pdf(document, made).map_err(|refused| refused.to_string()));
    Ok(app)
}

/// Serves the council's record.
pub(crate) async fn serve(config: &Config) -> Result<()> {
    let app = open(config, "alongside.db", false).await?;
    up_to_date(config, &app, false).await?;
    own(config, &app).await?;
    app::worker::load_calendar(&app).await?;
    if let Some(link) = app::sign_in::first_link(&app).await? {
        crate::write_out(&format!(
            "Nobody can sign in yet. This link makes the first administrator, once, within seven days:\n  {link}"
        ));
    }
    listen(config, app).await
}

/// The council's own database, brought up to date, for a command that works in it. A demonstration's is opened
/// as well: whoever would write into it is refused by what they do.
pub(crate) async fn ready(config: &Config) -> Result<App> {
    let app = open(config, "alongside.db", false).await?;
    up_to_date(config, &app, false).await?;
    if council::mark_of(&mut app.db.read().await?).await?.is_none() {
        own(config, &app).await?;
    }
    app::worker::load_calendar(&app).await?;
    Ok(app)
}

/// Marks a new database as this council's own, and refuses one of invented people.
async fn own(config: &Config, app: &App) -> Result<()> {
    let mut tx = app.db.write().await?;
    match council::mark_of(&mut tx).await? {
        None => {
            let mark = Mark { name: config.council.clone(), nature: Nature::Real };
            council::mark(&mut tx, &app.moment(), &mark).await?;
            tx.commit().await?;
        }
        Some(Mark { nature: Nature::Real, .. }) => {}
        Some(_) => {
            bail!("this database is a demonstration, for ever. Name another one, or say `alongside demo`")
        }
    }
    Ok(())
}

/// Serves the demonstration council, on loopback only, or to phones on the same network.
pub(crate) async fn demo(config: &Config, phone: bool, days_later: u16) -> Result<()> {
    if !config.listen.ip().is_loopback() {
        bail!(
            "the demonstration listens on loopback only; `demo --phone` lets a phone on the same network in"
        );
    }
    let (mut config, words) = if phone {
        let (config, words) = crate::phone::opened_to_phones(config, crate::phone::today())?;
        (config, Some(words))
    } else {
        (config.clone(), None)
    };
    "Wyvern".clone_into(&mut config.council);
    let app = made(&config, days_later).await?;
    app::worker::load_calendar(&app).await?;
    if let Some(words) = words {
        crate::write_out(&words);
    }
    listen(&config, app).await
}

/// The demonstration's database, made where there is none yet.
async fn made(config: &Config, days_later: u16) -> Result<App> {
    let app = open_at(config, ("demo.db", true), time_later(days_later)).await?;
    app.db.migrate().await?;
    let mark = council::mark_of(&mut app.db.read().await?).await?;
    let app = match mark.map(|mark| mark.nature) {
        Some(Nature::Demonstration(_)) => return Ok(app),
        Some(Nature::Real) => {
            bail!("this database holds a council's own record; a demonstration is made in a new one")
        }
        None => app,
        Some(Nature::Unfinished) if config.database_url.is_some() => {
            bail!("the making of this demonstration was stopped. Drop the database and make it again")
        }
        Some(Nature::Unfinished) => {
            app.db.close().await;
            for ending in ["", "-wal", "-shm"] {
                drop(std::fs::remove_file(config.data.join(format!("demo.db{ending}"))));
            }
            let app = open_at(config, ("demo.db", true), time_later(days_later)).await?;
            app.db.migrate().await?;
            app
        }
    };
    let mut tx = app.db.write().await?;
    let mark = Mark { name: config.council.clone(), nature: Nature::Unfinished };
    council::mark(&mut tx, &app.moment(), &mark).await?;
    tx.commit().await?;
    let bar = crate::backup::bar();
    bar.set_message("making Wyvern, an invented council");
    let today = app.moment().today();
    let size = demonstration::Size::WHOLE;
    let made = demonstration::make(&app, size, (demonstration::SEED, today), &mut |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    })
    .await?;
    bar.finish_and_clear();
    let mut tx = app.db.write().await?;
    council::finished(&mut tx, today).await?;
    tx.commit().await?;
    crate::write_out(&format!(
        "Wyvern is made: {} people in {} families, {} workers. Everyone is invented.",
        made.people, made.families, made.workers
    ));
    Ok(app)
}

/// Brings the database up to date, a backup first.
pub(crate) async fn migrate(config: &Config, have_backup: bool) -> Result<()> {
    let app = open(config, "alongside.db", false).await?;
    let behind = app.db.behind().await?;
    up_to_date(config, &app, have_backup).await?;
    crate::write_out(&format!("The database is up to date ({behind} steps were new)."));
    Ok(())
}

/// Migrates. Where there is a council already, a copy of the embedded database is made first; on PostgreSQL the
/// operator says that one was made with its own tools.
async fn up_to_date(config: &Config, app: &App, have_backup: bool) -> Result<()> {
    if app.db.behind().await? > 0 && !app.db.is_new().await? {
        if app.db.dialect() == db::Dialect::Postgres && !have_backup {
            bail!(
                "this program is newer than the database. Make a backup with pg_dump, then run `alongside migrate --i-have-a-backup`"
            );
        }
        if app.db.dialect() == db::Dialect::Sqlite {
            let stamp = app.moment().now().strftime("%Y%m%d-%H%M%S").to_string();
            let copy = config.data.join(format!("before-upgrade-{stamp}.db"));
            app.db
                .copy_to(&copy.to_string_lossy())
                .await
                .context("the copy before the upgrade could not be made")?;
            crate::write_out(&format!(
                "A copy of the database before the upgrade lies at {}.",
                copy.display()
            ));
        }
    }
    app.db.migrate().await?;
    Ok(())
}

/// Where the journal's head is kept, outside the database.
pub(crate) fn heads(config: &Config, demonstration: bool) -> std::path::PathBuf {
    config.data.join(if demonstration { "demo-journal-heads" } else { "journal-heads" })
}

async fn listen(config: &Config, app: App) -> Result<()> {
    let handle = Handle::new();
    let stop = handle.clone();
    tokio::spawn(async move {
        stopped().await;
        stop.graceful_shutdown(Some(Duration::from_secs(10)));
    });
    keep_tidy(app.clone());
    keep_days(app.clone());
    keep_carrying(app.clone());
    app::journal::keep_sealing(app.clone(), heads(config, app.settings.demonstration));
    crate::write_out(&format!("Alongside is ready: {}", config.public_url));
    let service = routes::routes(app.clone()).into_make_service_with_connect_info::<std::net::SocketAddr>();
    if let Some((certificate, key)) = &config.tls {
        drop(rustls::crypto::ring::default_provider().install_default());
        let tls = axum_server::tls_rustls::RustlsConfig::from_pem_file(certificate, key)
            .await
            .context("the certificate or key could not be read")?;
        let mut server = axum_server::bind_rustls(config.listen, tls).handle(handle);
        patience(server.http_builder());
        server.serve(service).await?;
    } else {
        let mut server = axum_server::bind(config.listen).handle(handle);
        patience(server.http_builder());
        server
            .serve(service)
            .await
            .with_context(|| format!("could not listen on {}; is another program there?", config.listen))?;
    }
    app.db.close().await;
    Ok(())
}

/// How long someone is waited for who has begun to ask and does not go on.
const PATIENCE: Duration = Duration::from_secs(15);

fn patience(http: &mut Builder<TokioExecutor>) {
    http.http1().timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    http.http2().timer(TokioTimer::new()).keep_alive_interval(PATIENCE).keep_alive_timeout(PATIENCE);
}

/// Each hour takes away what has had its time: kept forms, old sessions and links.
fn keep_tidy(app: App) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = app::sign_in::tidy(&app).await {
                tracing::warn!("what has had its time could not be taken away: {error}");
            }
            if let Err(error) = app::faces::api::tidy(&app).await {
                tracing::warn!("what programs asked a day ago could not be forgotten: {error}");
            }
            tokio::time::sleep(Duration::from_hours(1)).await;
        }
    });
}

/// Every few seconds carries what waits to the mail server. What cannot go is tried again later, for three days.
fn keep_carrying(app: App) {
    tokio::spawn(async move {
        loop {
            match app::letter::carry(&app).await {
                Ok(_) => {}
                Err(error) => tracing::warn!("letters could not be carried: {error}"),
            }
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
    });
}

/// Follows what nobody records on a page: once a day the birthdays that end clocks, and each minute a bank
/// holiday that was loaded from the command line.
fn keep_days(app: App) {
    tokio::spawn(async move {
        let mut followed = None;
        loop {
            if let Err(error) = app::worker::load_calendar(&app).await {
                tracing::warn!("the calendar could not be read again: {error}");
            }
            let today = app.moment().today();
            if followed != Some(today) {
                match app::clock::follow_day(&app).await {
                    Ok(done) => {
                        followed = Some(today);
                        tracing::info!(
                            people = done.people,
                            changed = done.changed,
                            "the day's clocks are worked out"
                        );
                    }
                    Err(error) => tracing::warn!("the day's clocks could not be worked out: {error}"),
                }
                if let Err(error) = app::rights::ending::finish(&app).await {
                    tracing::warn!("what a disposal left behind could not be swept yet: {error}");
                }
                match app::joining::look_daily(&app).await {
                    Ok(Some(looked)) => tracing::info!(
                        people = looked.people,
                        pairs = looked.pairs,
                        "everybody was looked through for people with two records"
                    ),
                    Ok(None) => {}
                    Err(error) => tracing::warn!("people with two records could not be looked for: {error}"),
                }
            }
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
    });
}

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
        }
        Err(_) => drop(interrupted.await),
    }
}
