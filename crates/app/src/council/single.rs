//! A council's own sign-in, over OpenID Connect, as it is set up in the configuration.

use practice::role::Role;
use std::fmt;

/// A secret that is not shown where the rest is.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("(kept secret)")
    }
}

/// How staff come in through the council's own sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleSignOn {
    /// The provider's address, exactly as it names itself.
    pub issuer: String,
    /// What this program is called there.
    pub client_id: String,
    /// The secret the provider gave for it.
    pub client_secret: Secret,
    /// What people call it: "Sign in with your council account".
    pub label: String,
    /// Which claim says who someone is: compared with the name they sign in with and their code; with their e-mail
    /// address where it is `email`, and then only an address that the provider has verified.
    pub claim: String,
    /// Which claim lists someone's groups or roles there. None: everyone whom the provider lets in and who works here
    /// may come in, with all their posts.
    pub roles_claim: Option<String>,
    /// What a value of that claim lets someone act as. Who has none of them does not come in.
    pub roles: Vec<(String, Role)>,
    /// A certificate authority of the council's own, in PEM.
    pub authority: Option<Vec<u8>>,
}
