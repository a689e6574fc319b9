//! Configuration: one file, `alongside.toml`, and environment variables of the same names.

use crate::key::Keys;
use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What the command line gives; each also as an environment variable.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Given {
    /// The configuration file
    #[arg(long, global = true, env = "ALONGSIDE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder for the embedded database and attachments
    #[arg(long, global = true, env = "ALONGSIDE_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address to listen on
    #[arg(long, global = true, env = "ALONGSIDE_LISTEN", value_name = "ADDRESS")]
    listen: Option<String>,
    /// The database: sqlite:PATH or postgres://...
    #[arg(long, global = true, env = "ALONGSIDE_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    database_url: Option<String>,
    /// Where people reach it: gives links and cookies
    #[arg(long, global = true, env = "ALONGSIDE_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// The name passkeys are bound to, where it is not that of the public address: a name it ends with
    #[arg(long, global = true, env = "ALONGSIDE_PASSKEY_DOMAIN", value_name = "NAME")]
    passkey_domain: Option<String>,
    /// The council's short name
    #[arg(long, global = true, env = "ALONGSIDE_COUNCIL", value_name = "NAME")]
    council: Option<String>,
    /// A proxy in front speaks TLS
    #[arg(long, global = true, env = "ALONGSIDE_BEHIND_PROXY", value_name = "BOOL")]
    behind_proxy: Option<bool>,
    /// The certificate to speak TLS with
    #[arg(long, global = true, env = "ALONGSIDE_TLS_CERTIFICATE", value_name = "FILE")]
    tls_certificate: Option<PathBuf>,
    /// Its key
    #[arg(long, global = true, env = "ALONGSIDE_TLS_KEY", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// The file with the keys that the embedded database and the attachments are locked with
    #[arg(long, global = true, env = "ALONGSIDE_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// The most megabytes of one attachment
    #[arg(long, global = true, env = "ALONGSIDE_LARGEST_FILE_MB", value_name = "MB")]
    largest_file_mb: Option<u64>,
}

/// What the file may hold.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "each is called what it is called in the file")]
struct File {
    data: Option<PathBuf>,
    listen: Option<String>,
    database_url: Option<String>,
    public_url: Option<String>,
    passkey_domain: Option<String>,
    council: Option<String>,
    behind_proxy: Option<bool>,
    tls_certificate: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    key_file: Option<PathBuf>,
    largest_file_mb: Option<u64>,
    single_sign_on: Option<crate::single::Section>,
    mail: Option<crate::mailing::Section>,
}

/// The configuration in force.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// The folder for the embedded database and attachments.
    pub(crate) data: PathBuf,
    /// The address to listen on.
    pub(crate) listen: SocketAddr,
    /// The database, where one was named.
    pub(crate) database_url: Option<String>,
    /// Where people reach it.
    pub(crate) public_url: String,
    /// The name passkeys are bound to, where one was named.
    pub(crate) passkey_domain: Option<String>,
    /// The council's short name.
    pub(crate) council: String,
    /// A proxy in front speaks TLS.
    pub(crate) behind_proxy: bool,
    /// Certificate and key.
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
    /// The keys of what lies on the disk.
    pub(crate) keys: Keys,
    /// The most megabytes of one attachment.
    pub(crate) largest_file_mb: u64,
    /// The council's own sign-in.
    pub(crate) single_sign_on: Option<app::council::SingleSignOn>,
    /// The council's mail server.
    pub(crate) mail: Option<mail::Server>,
}

/// A path as a quoted word of the file.
fn quoted(path: &Path) -> String {
    toml::Value::String(path.display().to_string()).to_string()
}

/// A secret is never an argument of the command line, where everyone on the machine could read it.
#[expect(clippy::disallowed_methods, reason = "the binary reads its configuration here")]
fn secret(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Config {
    /// Reads the file, if there is one, and lets the command line and environment win.
    pub(crate) fn read(given: &Given) -> Result<Self> {
        let file = Self::file(given.config.as_deref())?;
        let given = given.clone();
        let listen = given.listen.or(file.listen).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let listen: SocketAddr = listen
            .parse()
            .with_context(|| format!("the address to listen on, `{listen}`, is not like 127.0.0.1:8080"))?;
        let tls = match (given.tls_certificate.or(file.tls_certificate), given.tls_key.or(file.tls_key)) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            _ => bail!("TLS needs both a certificate and a key"),
        };
        let behind_proxy = given.behind_proxy.or(file.behind_proxy).unwrap_or(false);
        if !listen.ip().is_loopback() && tls.is_none() && !behind_proxy {
            bail!(
                "listening on {listen} without TLS would send records in the clear. Give tls_certificate and tls_key, or put a TLS proxy in front and set ALONGSIDE_BEHIND_PROXY=true"
            );
        }
        let single = secret("ALONGSIDE_SINGLE_SIGN_ON_SECRET");
        let single_sign_on = file.single_sign_on.map(|section| section.read(single)).transpose()?;
        let password = secret("ALONGSIDE_MAIL_PASSWORD");
        let mail = file.mail.map(|section| section.read(password)).transpose()?;
        let keys = Keys::given(given.key_file.or(file.key_file), secret("ALONGSIDE_KEY").as_deref())?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let public_url = given
            .public_url
            .or(file.public_url)
            .unwrap_or_else(|| format!("{scheme}://localhost:{}", listen.port()));
        if (tls.is_some() || behind_proxy) && !public_url.starts_with("https://") {
            bail!(
                "people reach this over TLS, so public_url must begin with https:// (it is {public_url}): links and cookies follow from it"
            );
        }
        Ok(Self {
            data: given.data.or(file.data).unwrap_or_else(|| PathBuf::from("./alongside-data")),
            listen,
            database_url: given.database_url.or(file.database_url),
            public_url: public_url.trim_end_matches('/').to_owned(),
            passkey_domain: given.passkey_domain.or(file.passkey_domain),
            council: given.council.or(file.council).unwrap_or_else(|| "Our council".to_owned()),
            behind_proxy,
            tls,
            single_sign_on,
            mail,
            keys,
            largest_file_mb: given.largest_file_mb.or(file.largest_file_mb).unwrap_or(25),
        })
    }

    fn file(named: Option<&Path>) -> Result<File> {
        let path = named.unwrap_or_else(|| Path::new("alongside.toml"));
        match std::fs::read_to_string(path) {
            Ok(text) => {
                toml::from_str(&text).with_context(|| format!("{} could not be understood", path.display()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
                Ok(File::default())
            }
            Err(error) => Err(error).with_context(|| format!("{} could not be read", path.display())),
        }
    }

    /// The database's address.
    pub(crate) fn database(&self, name: &str) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join(name).display()))
    }

    /// The configuration as a file that explains itself. Passwords in the database's address are left out.
    pub(crate) fn explained(&self) -> String {
        let tls = self.tls.as_ref().map_or_else(
            || "# tls_certificate = \"certificate.pem\"\n# tls_key = \"key.pem\"".to_owned(),
            |(certificate, key)| {
                format!("tls_certificate = {}\ntls_key = {}", quoted(certificate), quoted(key))
            },
        );
        format!(
            "# Alongside. Every line may also be an environment variable: ALONGSIDE_DATA, ALONGSIDE_LISTEN ...\n\n\
             # The folder for the embedded database and attachments.\ndata = {data}\n\n\
             # The address to listen on. Anything but loopback needs TLS, here or in a proxy.\nlisten = \"{listen}\"\n\n\
             # The database. Leave out for the embedded one. Better given as ALONGSIDE_DATABASE_URL, for its password.\n\
             # database_url = \"postgres://alongside@localhost/alongside\"\n\n\
             # Where people reach it: gives links and cookies. Choose it once.\npublic_url = {url:?}\n\n\
             # The name passkeys are bound to, where it is not that of the public address but one it ends with. Every\n\
             # passkey stops working when it changes.\n{passkey_domain}\n\n\
             # The council's short name, shown beside the mark.\ncouncil = {council:?}\n\n\
             # A proxy in front speaks TLS.\nbehind_proxy = {proxy}\n\n\
             # Or speak TLS here.\n{tls}\n\n\
             # The keys that the embedded database and the attachments are locked with: `alongside key new FILE` makes them,\n\
             # `alongside key change` locks a council that has begun. The same words may stand in ALONGSIDE_KEY instead.\n{key_file}\n\n\
             # The most megabytes of one attachment.\nlargest_file_mb = {largest}\n\n{single}\n\n{mail}",
            data = quoted(&self.data),
            listen = self.listen,
            url = self.public_url,
            passkey_domain = self.passkey_domain.as_ref().map_or_else(
                || "# passkey_domain = \"example.gov.uk\"".to_owned(),
                |name| format!("passkey_domain = {name:?}")
            ),
            key_file = self.keys.file.as_ref().map_or_else(
                || "# key_file = \"alongside.key\"".to_owned(),
                |path| format!("key_file = {}", quoted(path))
            ),
            council = self.council,
            proxy = self.behind_proxy,
            largest = self.largest_file_mb,
            single = crate::single::EXPLAINED,
            mail = crate::mailing::EXPLAINED,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: impl FnOnce(&mut Given)) -> Result<Config> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("alongside.toml");
        std::fs::write(&path, "")?;
        let mut given = Given { config: Some(path), ..Given::default() };
        set(&mut given);
        Config::read(&given)
    }

    fn refused(set: impl FnOnce(&mut Given), words: &str) {
        let error = read(set).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }

    #[test]
    fn nothing_leaves_the_machine_in_the_clear() {
        let everywhere = Some("0.0.0.0:8080".to_owned());
        refused(|given| given.listen.clone_from(&everywhere), "would send records in the clear");
        let proxy = |given: &mut Given| {
            given.listen.clone_from(&everywhere);
            given.behind_proxy = Some(true);
        };
        refused(proxy, "must begin with https://");
        let named = |given: &mut Given| {
            proxy(given);
            given.public_url = Some("https://alongside.example/".to_owned());
        };
        assert_eq!(read(named).unwrap().public_url, "https://alongside.example");
        assert_eq!(read(|_| ()).unwrap().public_url, "http://localhost:8080");
    }

    #[test]
    fn tls_has_both_its_files_and_an_address_that_says_so() {
        refused(|given| given.tls_key = Some("key.pem".into()), "both a certificate and a key");
        let tls = |given: &mut Given| {
            given.tls_certificate = Some("certificate.pem".into());
            given.tls_key = Some("key.pem".into());
        };
        assert_eq!(read(tls).unwrap().public_url, "https://localhost:8080");
        let clear = |given: &mut Given| {
            tls(given);
            given.public_url = Some("http://alongside.example".to_owned());
        };
        refused(clear, "must begin with https://");
    }

    #[test]
    fn the_file_that_explains_itself_can_be_read_again() {
        let written = read(|given| given.passkey_domain = Some("example.gov.uk".to_owned())).unwrap();
        let again: File = toml::from_str(&written.explained()).unwrap();
        assert_eq!(again.passkey_domain.as_deref(), Some("example.gov.uk"));
        assert!(toml::from_str::<File>("listen_on = \"x\"").is_err());
    }
}
