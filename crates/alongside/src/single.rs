//! The council's own sign-in, as the configuration file sets it up.

use anyhow::{Context, Result, bail};
use app::council::{Secret, SingleSignOn};
use practice::role::Role;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The section `[single_sign_on]` of the file.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Section {
    issuer: String,
    client_id: String,
    client_secret_file: Option<PathBuf>,
    label: Option<String>,
    claim: Option<String>,
    roles_claim: Option<String>,
    #[serde(default)]
    roles: BTreeMap<String, String>,
    certificate_authority: Option<PathBuf>,
}

/// How it is written in a new file.
pub(crate) const EXPLAINED: &str = "\
# The council's own sign-in (OpenID Connect). Register Alongside there as a confidential web client with the return
# address PUBLIC_URL/sign-in/council/back.
# [single_sign_on]
# issuer = \"https://login.example.gov.uk\"
# client_id = \"alongside\"
# The secret, in a file that only Alongside reads; or in ALONGSIDE_SINGLE_SIGN_ON_SECRET.
# client_secret_file = \"/etc/alongside/single-sign-on.secret\"
# label = \"Sign in with your council account\"
# Which claim is the name that someone signs in with here, or their code. \"email\" compares their address instead.
# claim = \"preferred_username\"
# A certificate authority of your own.
# certificate_authority = \"/etc/alongside/ca.pem\"
# Which claim lists groups, and what each lets someone act as. Leave out to decide posts in Alongside alone.
# roles_claim = \"groups\"
# [single_sign_on.roles]
# \"childrens-social-workers\" = \"social-worker\"";

impl Section {
    /// Checks the section and reads what it names.
    pub(crate) fn read(self, secret: Option<String>) -> Result<SingleSignOn> {
        let local = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
        let on_this_machine = |rest: &str| rest.is_empty() || rest.starts_with([':', '/']);
        let near = local.iter().any(|begins| self.issuer.strip_prefix(begins).is_some_and(on_this_machine));
        if !near && !self.issuer.starts_with("https://") {
            bail!("single_sign_on.issuer must begin with https://, for it vouches for people");
        }
        let secret = match (secret, &self.client_secret_file) {
            (Some(secret), _) => secret,
            (None, Some(path)) => std::fs::read_to_string(path).with_context(|| {
                format!("single_sign_on.client_secret_file: {} could not be read", path.display())
            })?,
            (None, None) => bail!(
                "single_sign_on needs its secret: name client_secret_file, or set ALONGSIDE_SINGLE_SIGN_ON_SECRET"
            ),
        };
        let secret = secret.trim().to_owned();
        if secret.is_empty() {
            bail!("the secret of single_sign_on is empty");
        }
        let role = |(value, code): (String, String)| {
            let role = Role::from_code(&code).with_context(|| {
                format!("single_sign_on.roles: `{code}` is no role; see `alongside worker --help`")
            })?;
            Ok((value, role))
        };
        let roles: Vec<(String, Role)> = self.roles.into_iter().map(role).collect::<Result<_>>()?;
        if self.roles_claim.is_some() == roles.is_empty() {
            bail!(
                "single_sign_on.roles_claim and single_sign_on.roles belong together: give both or neither"
            );
        }
        let authority = match &self.certificate_authority {
            Some(path) => Some(std::fs::read(path).with_context(|| {
                format!("single_sign_on.certificate_authority: {} could not be read", path.display())
            })?),
            None => None,
        };
        Ok(SingleSignOn {
            issuer: self.issuer,
            client_id: self.client_id,
            client_secret: Secret(secret),
            label: self.label.unwrap_or_else(|| "Sign in with your council account".to_owned()),
            claim: self.claim.unwrap_or_else(|| "preferred_username".to_owned()),
            roles_claim: self.roles_claim,
            roles,
            authority,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(more: &str, secret: Option<&str>) -> Result<SingleSignOn> {
        let text = format!("client_id = \"alongside\"\n{more}");
        toml::from_str::<Section>(&text)?.read(secret.map(str::to_owned))
    }

    #[test]
    fn the_section_says_what_is_wrong_with_it() {
        let good = "issuer = \"https://login.example\"";
        assert_eq!(read(good, Some(" s \n")).unwrap().client_secret.0, "s");
        for (more, secret, words) in [
            ("issuer = \"http://login.example\"", Some("s"), "must begin with https://"),
            ("issuer = \"http://localhost.example\"", Some("s"), "must begin with https://"),
            ("issuer = \"http://login.example\"", Some("hunter2"), "must begin with https://"),
            (good, None, "needs its secret"),
            (good, Some("  "), "is empty"),
            ("issuer = \"https://a\"\nclient_secret_file = \"/nowhere/at-all\"", None, "/nowhere/at-all"),
            ("issuer = \"https://a\"\nroles_claim = \"groups\"", Some("hunter2"), "belong together"),
            (
                "issuer = \"https://a\"\nroles_claim = \"g\"\n[roles]\nx = \"wizard\"",
                Some("s"),
                "`wizard` is no role",
            ),
            ("issuer = \"https://a\"\nisuer = \"b\"", Some("s"), "isuer"),
        ] {
            let error = format!("{:#}", read(more, secret).unwrap_err());
            assert!(error.contains(words), "{words}: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
        for near in ["http://localhost:9000", "http://127.0.0.1:1/x", "http://[::1]"] {
            assert!(read(&format!("issuer = \"{near}\""), Some("s")).is_ok(), "{near}");
        }
        let roles = "issuer = \"https://a\"\nroles_claim = \"g\"\n[roles]\nsw = \"social-worker\"";
        assert_eq!(read(roles, Some("s")).unwrap().roles, [("sw".to_owned(), Role::SocialWorker)]);
        assert!(!format!("{:?}", read(good, Some("hunter2")).unwrap()).contains("hunter2"));
    }

    #[test]
    fn what_a_new_file_explains_can_be_read() {
        let text: String = EXPLAINED
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| line.contains(" = ") || line.starts_with('['))
            .collect::<Vec<_>>()
            .join("\n");
        let whole: toml::Table = toml::from_str(&text).unwrap();
        let section: Section = whole["single_sign_on"].clone().try_into().unwrap();
        assert_eq!(section.claim.as_deref(), Some("preferred_username"));
        assert_eq!(section.roles.len(), 1);
    }
}
