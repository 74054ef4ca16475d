//! A credential provider of somebody else: a program that speaks cargo's protocol, one line of JSON at a time.
//!
//! <https://doc.rust-lang.org/cargo/reference/credential-provider-protocol.html>

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cargo_credential::{
    Action, Credential, CredentialHello, CredentialRequest, CredentialResponse, Error, PROTOCOL_VERSION_1, RegistryInfo,
};

/// No answer of a provider is longer, in bytes.
pub(super) const MAX_ANSWER: u64 = 1 << 20;

/// The program. Its standard error is ours, so that it may talk to a person.
pub(super) struct Plugin<'a> {
    program: &'a Path,
}

impl<'a> Plugin<'a> {
    pub(super) fn at(program: &'a Path) -> Self {
        Self { program }
    }
}

impl Credential for Plugin<'_> {
    fn perform(
        &self,
        registry: &RegistryInfo<'_>,
        action: &Action<'_>,
        arguments: &[&str],
    ) -> Result<CredentialResponse, Error> {
        let mut command = Command::new(self.program);
        command
            .arg("--cargo-plugin")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut plugin = command.spawn().map_err(Box::new)?;
        let request = CredentialRequest {
            v: PROTOCOL_VERSION_1,
            registry: registry.clone(),
            action: action.clone(),
            args: arguments.to_vec(),
        };
        let answer = ask(&mut plugin, &request);
        if answer.is_err() {
            // One that cannot be understood is not waited for.
            let _ = plugin.kill();
        }
        let status = plugin.wait().map_err(Box::new)?;
        let answer = answer?;
        if status.success() {
            answer
        } else {
            Err(format!("it ended with {status}").into())
        }
    }
}

/// What the plugin answers. Its input is closed afterwards, which tells it to end.
fn ask(plugin: &mut Child, request: &CredentialRequest<'_>) -> Result<Result<CredentialResponse, Error>, Error> {
    let (Some(mut input), Some(output)) = (plugin.stdin.take(), plugin.stdout.take()) else {
        return Err("it cannot be talked to".to_owned().into());
    };
    let mut output = BufReader::new(output.take(MAX_ANSWER));
    let hello: CredentialHello = read_line(&mut output, "greeting")?;
    if !hello.v.contains(&PROTOCOL_VERSION_1) {
        return Err("it speaks another version of the protocol".to_owned().into());
    }
    let request = serde_json::to_string(request).map_err(Box::new)?;
    writeln!(input, "{request}").map_err(Box::new)?;
    read_line(&mut output, "answer")
}

/// One message. What is wrong with it is told by its place, since its words may be the token.
fn read_line<T: serde::de::DeserializeOwned>(output: &mut impl BufRead, what: &str) -> Result<T, Error> {
    let mut line = String::new();
    output.read_line(&mut line).map_err(Box::new)?;
    let message = serde_json::from_str(&line);
    message.map_err(|error| format!("its {what} is not what the protocol says, at column {}", error.column()).into())
}
