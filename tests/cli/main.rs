//! The promises of the command line, each told as a story on a made-up registry with real cargo. No network.

#[path = "../support/mod.rs"]
mod support;

mod add;
mod bad_input;
mod baseline;
mod cache;
mod catalog;
mod check;
mod declare;
mod deny_toml;
mod diff;
mod explain;
mod graph;
mod init;
mod list;
mod metadata;
mod output;
mod publish_check;
mod readme;
mod settle;
mod suggest;
mod tree;
#[cfg(unix)]
mod untrusted;
mod wire;
