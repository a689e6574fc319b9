//! `demo --phone`: the demonstration on this network, so that a phone can try it. A phone's camera, microphone and
//! sharing need TLS, so a certificate is made for it here, which no browser knows: it asks once.

use crate::config::Config;
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use jiff::{ToSpan as _, Zoned};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};

/// Where a phone reaches it, unless the operator said another port.
const PORT: u16 = 8443;

/// The configuration of a demonstration that listens on this network, and what to tell whoever started it.
pub(crate) fn opened_to_phones(config: &Config, today: Date) -> Result<(Config, String)> {
    let here = address()?;
    let port = if config.listen.port() == 8080 { PORT } else { config.listen.port() };
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("the folder {} could not be made", config.data.display()))?;
    let (certificate, key, fingerprint) = certificate(&config.data, here, today)?;
    let mut config = config.clone();
    config.listen = SocketAddr::new(if here.is_ipv6() { [0; 16].into() } else { [0; 4].into() }, port);
    config.tls = Some((certificate, key));
    config.public_url = format!("https://{}", SocketAddr::new(here, port));
    let code = QrCode::new(&config.public_url)?.render::<Dense1x2>().quiet_zone(true).build();
    let words = format!(
        "A phone on the same network reaches the demonstration at {url}\n\n{code}\n\n\
         Its browser will say that it does not know the certificate, which was made on this machine a moment ago: compare \
         its fingerprint if you like, and go on.\n  SHA-256 {fingerprint}\n\
         Anyone on this network can look in while it runs. Everyone in it is invented: write nothing real.",
        url = config.public_url
    );
    Ok((config, words))
}

/// This machine's address on its network. Nothing is sent to find it out.
fn address() -> Result<IpAddr> {
    let of = |any: &str, far: &str| -> std::io::Result<IpAddr> {
        let socket = UdpSocket::bind((any, 0))?;
        socket.connect((far, 9))?;
        Ok(socket.local_addr()?.ip())
    };
    // addresses set aside for documentation: only the way there is looked at
    let found = of("0.0.0.0", "192.0.2.1").or_else(|_| of("::", "2001:db8::1"));
    match found {
        Ok(address) if !address.is_loopback() && !address.is_unspecified() => Ok(address),
        _ => bail!("this machine is on no network that a phone could reach it by"),
    }
}

/// A certificate for this address, for thirty days, and its key, in the data folder; and its fingerprint.
fn certificate(data: &Path, here: IpAddr, today: Date) -> Result<(PathBuf, PathBuf, String)> {
    let mut params = CertificateParams::new(vec![here.to_string(), "localhost".to_owned()])?;
    params.distinguished_name.push(DnType::CommonName, "Alongside, a demonstration");
    let day = |date: Date| -> Result<_> {
        Ok(date_time_ymd(date.year().into(), u8::try_from(date.month())?, u8::try_from(date.day())?))
    };
    params.not_before = day(today.checked_sub(1.day())?)?;
    params.not_after = day(today.checked_add(30.days())?)?;
    let key = KeyPair::generate()?;
    let made = params.self_signed(&key)?;
    let (certificate_at, key_at) = (data.join("demo-phone.pem"), data.join("demo-phone.key"));
    for (path, words) in [(&certificate_at, made.pem()), (&key_at, key.serialize_pem())] {
        std::fs::write(path, words).with_context(|| format!("{} could not be written", path.display()))?;
    }
    let mut fingerprint = String::new();
    for (place, byte) in Sha256::digest(made.der()).iter().enumerate() {
        write!(fingerprint, "{}{byte:02X}", if place == 0 { "" } else { ":" })?;
    }
    Ok((certificate_at, key_at, fingerprint))
}

/// Today by the machine's clock.
pub(crate) fn today() -> Date {
    Zoned::new((crate::serve::machine_time())(), jiff::tz::TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_certificate_can_be_served_and_says_where_it_is_for() {
        let folder = tempfile::tempdir().unwrap();
        let here: IpAddr = [192, 0, 2, 7].into();
        let (certificate_at, key_at, fingerprint) =
            certificate(folder.path(), here, jiff::civil::date(2026, 11, 22)).unwrap();
        assert_eq!(fingerprint.len(), 32 * 3 - 1);
        drop(rustls::crypto::ring::default_provider().install_default());
        axum_server::tls_rustls::RustlsConfig::from_pem_file(&certificate_at, &key_at).await.unwrap();
        // another address, another certificate in its place
        let (_, _, other) =
            certificate(folder.path(), [192, 0, 2, 8].into(), jiff::civil::date(2026, 11, 22)).unwrap();
        assert_ne!(fingerprint, other);
    }
}
