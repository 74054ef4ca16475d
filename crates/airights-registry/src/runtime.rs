//! The one place where this process waits for networks: a runtime that all clients and all views of registries share.

use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};

/// Threads that move bytes. What takes longer (unpacking, judging) is done by whoever asked.
const WORKERS: usize = 2;

/// The runtime; it starts when it is first needed, and ends with the process.
pub(super) fn runtime() -> &'static Runtime {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .thread_name("registry")
            .enable_io()
            .enable_time()
            .build()
            .expect("a process that runs may start two threads")
    });
    &RUNTIME
}
