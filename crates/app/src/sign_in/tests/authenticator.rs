//! A security key of a test: it makes passkeys and shows them as a real one would, or a little wrongly.

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HOLDS_KEY: u8 = 0x40;

/// One security key with one passkey.
pub(super) struct Authenticator {
    key: SigningKey,
    id: [u8; 16],
    user: String,
    /// The page it believes to be on.
    pub(super) origin: String,
    /// How often it has signed.
    pub(super) counter: u32,
    /// Whether it asks for a finger or a PIN.
    pub(super) verifies: bool,
}

fn sha(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

impl Authenticator {
    /// Each number gives another key.
    pub(super) fn new(number: u8) -> Self {
        let key = SigningKey::from_slice(&[number; 32]).unwrap();
        Self {
            key,
            id: [number; 16],
            user: String::new(),
            origin: "http://localhost:8080".to_owned(),
            counter: 0,
            verifies: true,
        }
    }

    fn client(&self, kind: &str, asked: &Value) -> Vec<u8> {
        let challenge = asked["challenge"].as_str().unwrap();
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn data(&mut self, flags: u8) -> Vec<u8> {
        self.counter += 1;
        let mut data = sha(b"localhost").to_vec();
        data.push(flags | PRESENT | if self.verifies { VERIFIED } else { 0 });
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }

    /// The answer to `navigator.credentials.create`.
    pub(super) fn make(&mut self, asked: &Value) -> Value {
        asked["user"]["id"].as_str().unwrap().clone_into(&mut self.user);
        let client = self.client("webauthn.create", asked);
        let mut data = self.data(HOLDS_KEY);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&16_u16.to_be_bytes());
        data.extend_from_slice(&self.id);
        let point = self.key.verifying_key().to_sec1_point(false);
        // a COSE key: elliptic, ES256, P-256, x, y
        data.extend_from_slice(&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend_from_slice(point.x().unwrap());
        data.extend_from_slice(&[0x22, 0x58, 0x20]);
        data.extend_from_slice(point.y().unwrap());
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend_from_slice(&data);
        json!({
            "id": BASE64URL_NOPAD.encode(&self.id),
            "rawId": BASE64URL_NOPAD.encode(&self.id),
            "type": "public-key",
            "response": {
                "attestationObject": BASE64URL_NOPAD.encode(&object),
                "clientDataJSON": BASE64URL_NOPAD.encode(&client),
                "transports": ["internal"],
            },
            "clientExtensionResults": {"credProps": {"rk": true}},
        })
    }

    /// The answer to `navigator.credentials.get`.
    pub(super) fn show(&mut self, asked: &Value) -> Value {
        let client = self.client("webauthn.get", asked);
        let data = self.data(0);
        let signed: Signature = self.key.sign(&[data.clone(), sha(&client).to_vec()].concat());
        json!({
            "id": BASE64URL_NOPAD.encode(&self.id),
            "rawId": BASE64URL_NOPAD.encode(&self.id),
            "type": "public-key",
            "response": {
                "authenticatorData": BASE64URL_NOPAD.encode(&data),
                "clientDataJSON": BASE64URL_NOPAD.encode(&client),
                "signature": BASE64URL_NOPAD.encode(signed.to_der().as_bytes()),
                "userHandle": self.user,
            },
            "clientExtensionResults": {},
        })
    }
}
