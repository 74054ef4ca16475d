//! `cargo:token-from-stdout`: a program that prints the token and nothing else.

use std::io::Read;
use std::process::{Command, Stdio};

use cargo_credential::{Action, CacheControl, Credential, CredentialResponse, Error, RegistryInfo, Secret};

use super::plugin::MAX_ANSWER;

/// Asks a program. Its standard input and standard error are ours, so that it may ask a person.
pub(super) struct TokenFromStdout;

impl Credential for TokenFromStdout {
    fn perform(
        &self,
        registry: &RegistryInfo<'_>,
        _: &Action<'_>,
        arguments: &[&str],
    ) -> Result<CredentialResponse, Error> {
        let (program, arguments) = arguments.split_first().ok_or("it names no command".to_owned())?;
        let mut command = Command::new(program);
        command.args(
            arguments
                .iter()
                .map(|argument| argument.replace("{index_url}", registry.index_url)),
        );
        command.env("CARGO_REGISTRY_INDEX_URL", registry.index_url);
        if let Some(name) = registry.name {
            command.env("CARGO_REGISTRY_NAME_OPT", name);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(Box::new)?;
        let mut printed = String::new();
        let read = child
            .stdout
            .take()
            .map(|stdout| stdout.take(MAX_ANSWER).read_to_string(&mut printed));
        let status = child.wait().map_err(Box::new)?;
        if !status.success() {
            return Err(format!("`{program}` ended with {status}").into());
        }
        if !matches!(read, Some(Ok(_))) {
            return Err(format!("what `{program}` printed is not text").into());
        }
        match printed.strip_suffix('\n').unwrap_or(&printed) {
            "" => Err(Error::NotFound),
            // What was printed may be a token all the same, so it is not told.
            token if token.contains('\n') => Err(format!("`{program}` printed more than one line").into()),
            token => Ok(CredentialResponse::Get {
                token: Secret::from(token.trim_end_matches('\r').to_owned()),
                cache: CacheControl::Session,
                operation_independent: true,
            }),
        }
    }
}
