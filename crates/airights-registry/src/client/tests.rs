//! How long an answer is waited for, and how far a token goes, on ports of this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::*;

const QUESTION: Question<'_> = Question {
    etag: None,
    limit: 1 << 20,
    may_be_packed: false,
    token: None,
};

fn client(config: &str) -> Client {
    Client::new(&CargoConfig::parse(config, &[]).unwrap()).unwrap()
}

/// Whatever can be read and written.
trait Line: Read + Write {}
impl<T: Read + Write> Line for T {}

/// Answers on a port of this machine, over TLS to whoever speaks it. What was asked can be heard, each with its headers.
fn serve(answer: impl Fn(u16, &str, &mut dyn Write) + Send + Sync + 'static) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tells, heard) = channel();
    let tells = Mutex::new(tells);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut line = line(stream);
            let mut asked = String::new();
            let mut reader = BufReader::new(&mut line);
            while reader.read_line(&mut asked).is_ok_and(|read| read > 2) {}
            let _ = tells.lock().unwrap().send(asked.clone());
            answer(port, &asked, &mut line);
        }
    });
    (port, heard)
}

fn line(stream: TcpStream) -> Box<dyn Line> {
    let mut first = [0];
    let _ = stream.peek(&mut first);
    if first != [0x16] {
        return Box::new(stream);
    }
    let _ = rustls::crypto::ring::default_provider().install_default();
    let certificate = CertificateDer::from_pem_slice(OF_NOBODY.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(OF_NOBODY.as_bytes()).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![certificate], key).unwrap();
    let connection = ServerConnection::new(Arc::new(config)).unwrap();
    Box::new(StreamOwned::new(connection, stream))
}

fn drip(out: &mut dyn Write) {
    let _ = out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while out.write_all(b"x").and_then(|()| out.flush()).is_ok() {
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn who_asks_stands_in_no_address_that_is_shown() {
    assert_eq!(shown("https://me:s3cr3t@a.example/i/?q"), "https://a.example/i/?q");
    assert_eq!(shown("http://a.example/"), "http://a.example/");
    assert!(shown(&format!("http://a.example/{}", "x".repeat(5000))).len() < 500);
}

/// It is fast enough, and never ends. However much is asked, the moment stays the same.
#[test]
fn nobody_is_waited_for_beyond_a_moment() {
    let (port, heard) = serve(|_, _, out| drip(out));
    let url = format!("http://127.0.0.1:{port}/");
    let late = client("").until(Some(Instant::now() + Duration::from_millis(500)));
    for _ in 0..20 {
        let error = late.get(&url, &QUESTION).unwrap_err();
        assert!(matches!(error, RegistryError::OutOfTime { .. }), "{error:?}");
    }
    assert_eq!(heard.try_iter().count(), 1);
}

#[test]
fn what_comes_in_drops_is_asked_for_as_often_as_cargo_is_told() {
    let (port, heard) = serve(|_, _, out| drip(out));
    let slow = client("[http]\ntimeout = 1\nlow-speed-limit = 1000\n[net]\nretry = 1");
    let error = slow.get(&format!("http://127.0.0.1:{port}/"), &QUESTION).unwrap_err();
    assert!(error.in_one_line().contains("it took too long"), "{error:?}");
    assert_eq!(heard.try_iter().count(), 2);
}

/// The host and the port are the same, and who listens there is not.
#[test]
fn a_token_stays_behind_where_encryption_ends() {
    let (port, heard) = serve(|port, asked, out| {
        let answer = match asked.split_whitespace().nth(1) {
            Some("/moved") => format!("302 Found\r\nLocation: https://127.0.0.1:{port}/there"),
            Some("/bare") => format!("302 Found\r\nLocation: http://127.0.0.1:{port}/there"),
            _ => "200 OK".to_owned(),
        };
        let _ = write!(
            out,
            "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        let _ = out.flush();
    });
    let directory = tempfile::tempdir().unwrap();
    let trusted = directory.path().join("ca.pem");
    std::fs::write(&trusted, OF_NOBODY).unwrap();
    let client = client(&format!("[http]\ncainfo = '{}'", trusted.display()));
    let token = Secret::from("s3cr3t".to_owned());
    let told = |path: &str| {
        let token = Some(&token);
        let question = Question { token, ..QUESTION };
        let url = format!("https://127.0.0.1:{port}{path}");
        assert!(matches!(client.get(&url, &question), Ok(Answer::Found { .. })));
        heard
            .try_iter()
            .map(|asked| asked.contains("s3cr3t"))
            .collect::<Vec<_>>()
    };
    assert_eq!(told("/moved"), [true, true]);
    assert_eq!(told("/bare"), [true, false]);
}

/// Made for this test: nobody has it, and it opens nothing.
const OF_NOBODY: &str = "\
-----BEGIN PRIVATE KEY-----\n\
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7J2jatMcOv9APX/l\n\
StgqxVW38L0ofMNtM8m2d0UFJHWhRANCAATn7cW8mlHd9T1lurxSaZHIW7MD+X2b\n\
+ezaNvwERVD+jhaPdbL9N+aSNKuDheldQJrRXIaABWHQyQXE/92qchVw\n\
-----END PRIVATE KEY-----\n\
-----BEGIN CERTIFICATE-----\n\
MIIBjzCCATWgAwIBAgIUS4pljLjn9uUC2SetrYUXTmH11A8wCgYIKoZIzj0EAwIw\n\
FTETMBEGA1UEAwwKYW4gZXhhbXBsZTAgFw0yNjExMjkyMTA0MzlaGA8yMTI2MTEw\n\
NTIxMDQzOVowFTETMBEGA1UEAwwKYW4gZXhhbXBsZTBZMBMGByqGSM49AgEGCCqG\n\
SM49AwEHA0IABOftxbyaUd31PWW6vFJpkchbswP5fZv57No2/ARFUP6OFo91sv03\n\
5pI0q4OF6V1AmtFchoAFYdDJBcT/3apyFXCjYTBfMB0GA1UdDgQWBBRAcMotiFqi\n\
lXkRMkUtpLW48awO+DAfBgNVHSMEGDAWgBRAcMotiFqilXkRMkUtpLW48awO+DAP\n\
BgNVHREECDAGhwR/AAABMAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0EAwIDSAAwRQIh\n\
ALWT+IP2HPyXAlUMz1JMxqIMEcCZw72fVYX55J/oszgQAiBMN6Jmgu8gIvp/LN0q\n\
BKOqRPS+21Nb8pzplOLbP9nOPA==\n\
-----END CERTIFICATE-----\n\
";
