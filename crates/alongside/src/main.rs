//! Alongside: the program a council runs. Its command line is the council's own way in for operators.

mod backup;
mod config;
mod everything;
mod export;
mod import;
mod journal;
mod key;
mod mailing;
mod person;
mod phone;
mod restricted;
mod serve;
mod single;
mod team;
mod token;
mod validate;
mod worker;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// An open-source social care record that starts from relationships.
#[derive(Parser)]
#[command(version, about, propagate_version = true)]
struct Line {
    #[command(flatten)]
    config: config::Given,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the council's record (the default without a command is `demo`)
    Serve,
    /// Serve the demonstration council, in which everyone is invented
    Demo {
        /// Let a phone on the same network try it, over TLS with a certificate made for it
        #[arg(long)]
        phone: bool,
        /// Go on as if so many days had passed, to see what comes due
        #[arg(long, value_name = "DAYS", default_value_t = 0)]
        days_later: u16,
    },
    /// Print the configuration in force as a file to begin from, each line explained
    Config,
    /// Workers: add, list, invite, reset, end
    Worker {
        #[command(subcommand)]
        command: worker::Command,
        /// Answer for machines
        #[arg(long, global = true)]
        json: bool,
    },
    /// Tokens with which other programs act as a worker: add, list, end
    Token {
        #[command(subcommand)]
        command: token::Command,
        /// Answer for machines
        #[arg(long, global = true)]
        json: bool,
    },
    /// Teams in their dated tree: add, list, move, end
    Team {
        #[command(subcommand)]
        command: team::Command,
        /// Answer for machines
        #[arg(long, global = true)]
        json: bool,
    },
    /// The list of restricted records, kept on behalf of its officer: list, add, remove
    Restricted {
        #[command(subcommand)]
        command: restricted::Command,
        /// The code of the restricted-records officer who does it
        #[arg(long, value_name = "CODE", global = true)]
        by: Option<String>,
        /// Answer for machines
        #[arg(long, global = true)]
        json: bool,
    },
    /// People: look for those who may have two records
    Person {
        #[command(subcommand)]
        command: person::Command,
        /// Answer for machines
        #[arg(long, global = true)]
        json: bool,
    },
    /// Rules of the council: bank holidays
    Rule {
        #[command(subcommand)]
        command: worker::Rule,
        /// Answer for machines
        #[arg(long, global = true)]
        json: bool,
    },
    /// Check a statutory return: every rule answers
    Validate {
        #[command(subcommand)]
        which: validate::Return,
    },
    /// Index a national file of postcodes once, for `validate ssda903 --postcodes`
    Postcodes {
        /// The file, as the national one or as the sample
        #[arg(value_name = "FILE")]
        file: std::path::PathBuf,
        /// Where the index is written
        #[arg(long, value_name = "FILE", default_value = "postcodes.index")]
        to: std::path::PathBuf,
    },
    /// The journal: the account of every change and every reading
    Journal {
        #[command(subcommand)]
        command: journal::Command,
    },
    /// Keys that the embedded database and the attachments are locked with on the disk: new, change
    Key {
        #[command(subcommand)]
        command: key::Command,
    },
    /// Bring people and their history in from files
    Import {
        #[command(subcommand)]
        what: import::Import,
    },
    /// Take what was recorded along to another system
    Export {
        #[command(subcommand)]
        what: export::Export,
    },
    /// Bring the database up to date (a backup is made first)
    Migrate {
        /// PostgreSQL only: you have made a backup with its own tools
        #[arg(long)]
        i_have_a_backup: bool,
    },
    /// Write the whole council to one file, while people work
    Backup {
        /// The file to write; it must not exist
        #[arg(value_name = "FILE")]
        to: std::path::PathBuf,
        /// Answer for machines
        #[arg(long)]
        json: bool,
    },
    /// Put a backup into a new, empty database of either engine
    Restore {
        /// The file of `alongside backup`
        #[arg(value_name = "FILE")]
        from: std::path::PathBuf,
        /// Answer for machines
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    // the record, its backups and what is taken out of it are for the program's own account alone
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let line = Line::parse();
    match run(line) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("alongside: {error:#}");
            ExitCode::from(3)
        }
    }
}

fn run(line: Line) -> Result<ExitCode> {
    // checking a return needs no council
    match &line.command {
        Some(Command::Validate { which }) => return validate::validate(which),
        Some(Command::Postcodes { file, to }) => {
            validate::postcodes(file, to)?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let config = config::Config::read(&line.config)?;
    serve::log(matches!(
        line.command,
        Some(
            Command::Backup { .. }
                | Command::Restore { .. }
                | Command::Export { .. }
                | Command::Import { .. }
        )
    ));
    if matches!(
        line.command,
        Some(Command::Import { what: import::Import::People { .. } | import::Import::CinCensus { .. } })
    ) {
        import::keep_to_one_core();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match line.command.unwrap_or(Command::Demo { phone: false, days_later: 0 }) {
            Command::Serve => serve::serve(&config).await?,
            Command::Demo { phone, days_later } => serve::demo(&config, phone, days_later).await?,
            Command::Worker { command, json } => return worker::run(&config, command, json).await,
            Command::Token { command, json } => return token::run(&config, command, json).await,
            Command::Team { command, json } => return team::run(&config, command, json).await,
            Command::Person { command, json } => return person::run(&config, command, json).await,
            Command::Restricted { command, by, json } => {
                let Some(by) = by else {
                    anyhow::bail!("say on whose behalf: --by and the code of the restricted-records officer")
                };
                return restricted::run(&config, command, &by, json).await;
            }
            Command::Rule { command, json } => return worker::rule(&config, command, json).await,
            Command::Journal { command } => return journal::run(&config, command).await,
            Command::Import { what } => return import::import(&config, what).await,
            Command::Export { what } => return export::export(&config, what).await,
            Command::Key { command } => key::run(&config, command).await?,
            Command::Config => write_out(&config.explained()),
            Command::Migrate { i_have_a_backup } => serve::migrate(&config, i_have_a_backup).await?,
            Command::Validate { .. } | Command::Postcodes { .. } => {}
            Command::Backup { to, json } => return backup::backup(&config, &to, json).await,
            Command::Restore { from, json } => backup::restore(&config, &from, json).await?,
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// What a person reads goes to standard output; a closed pipe is not an error.
fn write_out(words: &str) {
    use std::io::Write;
    drop(writeln!(std::io::stdout(), "{words}"));
}
