//! The council's mail server, as the configuration file sets it up.

use anyhow::{Context, Result, bail};
use mail::{Password, Security, Server};
use serde::Deserialize;
use std::path::PathBuf;

/// The section `[mail]` of the file.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Section {
    host: String,
    port: Option<u16>,
    security: Option<String>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    from: String,
    certificate_authority: Option<PathBuf>,
}

/// How it is written in a new file.
pub(crate) const EXPLAINED: &str = "\
# The council's mail server. Links to people's own spaces may then go by e-mail; their codes never do.
# [mail]
# host = \"mail.example.gov.uk\"
# \"starttls\" (port 587), \"tls\" (port 465), or \"none\" for a server on this machine alone.
# security = \"starttls\"
# port = 587
# user = \"alongside\"
# The password, in a file that only Alongside reads; or in ALONGSIDE_MAIL_PASSWORD.
# password_file = \"/etc/alongside/mail.secret\"
# What letters come from. Choose an address that tells nothing of social care: others may see it arrive.
# from = \"no-reply@example.gov.uk\"
# A certificate authority of your own.
# certificate_authority = \"/etc/alongside/ca.pem\"";

impl Section {
    /// Checks the section and reads what it names.
    pub(crate) fn read(self, secret: Option<String>) -> Result<Server> {
        let (security, usual) = match self.security.as_deref() {
            None | Some("starttls") => (Security::StartTls, 587),
            Some("tls") => (Security::Tls, 465),
            Some("none") if matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1") => {
                (Security::Loopback, 25)
            }
            Some("none") => bail!(
                "mail.security = \"none\" is for a server on this machine alone: links to people's spaces would go in the clear"
            ),
            Some(other) => bail!("mail.security is `{other}`; it can be starttls, tls or none"),
        };
        let password = match (secret, &self.password_file) {
            (Some(secret), _) => Some(secret),
            (None, Some(path)) => Some(
                std::fs::read_to_string(path)
                    .with_context(|| format!("mail.password_file: {} could not be read", path.display()))?,
            ),
            (None, None) => None,
        };
        let user = match (self.user, password.map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()))
        {
            (Some(_), Some(_)) if security == Security::Loopback => {
                bail!("mail.user without TLS would say its password in the clear")
            }
            (Some(user), Some(password)) => Some((user, Password(password))),
            (None, None) => None,
            (Some(_), None) => {
                bail!("mail.user needs its password: name password_file, or set ALONGSIDE_MAIL_PASSWORD")
            }
            (None, Some(_)) => bail!("there is a password for the mail server, but no mail.user"),
        };
        let authority = match &self.certificate_authority {
            Some(path) => Some(std::fs::read(path).with_context(|| {
                format!("mail.certificate_authority: {} could not be read", path.display())
            })?),
            None => None,
        };
        let port = self.port.unwrap_or(usual);
        let server = Server { host: self.host, port, security, user, from: self.from, authority };
        server.check().context("[mail]")?;
        Ok(server)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(lines: &str) -> Section {
        toml::from_str(&format!("from = \"no-reply@example.org\"\n{lines}")).unwrap()
    }

    #[test]
    fn a_password_comes_from_a_file_or_the_environment_and_never_goes_in_the_clear() {
        let named = section("host = \"mail.example\"\nuser = \"alongside\"");
        assert!(named.clone().read(None).unwrap_err().to_string().contains("ALONGSIDE_MAIL_PASSWORD"));
        let read = named.clone().read(Some("kettle\n".to_owned())).unwrap();
        assert_eq!((read.port, read.security), (587, Security::StartTls));
        assert_eq!(read.user, Some(("alongside".to_owned(), Password("kettle".to_owned()))));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mail.secret");
        std::fs::write(&path, "kettle\n").unwrap();
        let from_file = Section { password_file: Some(path), ..named };
        assert_eq!(from_file.read(None).unwrap().user, read.user);
        let near = section("host = \"localhost\"\nsecurity = \"none\"\nuser = \"a\"");
        assert!(near.read(Some("kettle".to_owned())).unwrap_err().to_string().contains("in the clear"));
        let far = section("host = \"mail.example\"\nsecurity = \"none\"");
        assert!(far.read(None).unwrap_err().to_string().contains("this machine alone"));
    }

    #[test]
    fn what_cannot_work_is_said_when_the_program_begins() {
        let odd = section("host = \"mail.example\"\nsecurity = \"ssl\"");
        assert!(odd.read(None).unwrap_err().to_string().contains("starttls, tls or none"));
        let mut nobody = section("host = \"mail.example\"");
        nobody.from = "nobody".to_owned();
        assert!(format!("{:#}", nobody.read(None).unwrap_err()).contains("comes from is not an address"));
    }
}
