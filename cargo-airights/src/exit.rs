//! The exit codes: the same in every command and every format.

use std::process::ExitCode;

use airights::Verdict;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing is denied.
    Clean,
    /// The policy is violated.
    Violated,
    /// It could not be judged: bad arguments, an unreadable policy, cargo failed, something was not evaluated.
    CouldNotJudge,
}

impl Exit {
    /// The code of the process.
    pub const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Violated => 1,
            Self::CouldNotJudge => 2,
        }
    }

    /// The end that a verdict makes. `exit_zero` softens a violation, and nothing else: what could not be judged was
    /// never looked at, so it cannot be waved through.
    pub const fn of(verdict: Verdict, exit_zero: bool) -> Self {
        match verdict {
            Verdict::Clean => Self::Clean,
            Verdict::Violated if exit_zero => Self::Clean,
            Verdict::Violated => Self::Violated,
            Verdict::Incomplete => Self::CouldNotJudge,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_softens_what_could_not_be_judged() {
        assert_eq!(Exit::of(Verdict::Violated, true), Exit::Clean);
        assert_eq!(Exit::of(Verdict::Incomplete, true), Exit::CouldNotJudge);
        assert_eq!(Exit::of(Verdict::Violated, false).code(), 1);
    }
}
