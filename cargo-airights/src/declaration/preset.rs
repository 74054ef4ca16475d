//! What maintainers most often mean, under a name.

use std::collections::BTreeMap;

use airights::declaration::Said;
use airights::{AiUse, Condition, UseValue};

/// A set of terms under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it means, in a few words.
    pub summary: &'static str,
    uses: &'static [(AiUse, UseValue, &'static [Condition])],
}

use AiUse::{AiInput, TrainAi, TrainOnOutput};
use UseValue::{Allowed, Conditional, Disallowed};

/// All of them, from the most open to the least.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "permissive",
        summary: "train on it, feed it to assistants, train on its output",
        uses: &[
            (TrainAi, Allowed, &[]),
            (AiInput, Allowed, &[]),
            (TrainOnOutput, Allowed, &[]),
        ],
    },
    Preset {
        name: "credit",
        summary: "train on it if the authors are named; feed it to assistants",
        uses: &[(TrainAi, Conditional, &[Condition::Credit]), (AiInput, Allowed, &[])],
    },
    Preset {
        name: "open-models",
        summary: "train open models on it, with credit; feed it to assistants",
        uses: &[
            (TrainAi, Conditional, &[Condition::Credit, Condition::OpenResult]),
            (AiInput, Allowed, &[]),
        ],
    },
    Preset {
        name: "non-commercial",
        summary: "train on it for non-commercial purposes only; feed it to assistants",
        uses: &[
            (TrainAi, Conditional, &[Condition::NonCommercial]),
            (AiInput, Allowed, &[]),
        ],
    },
    Preset {
        name: "ask-first",
        summary: "train on it with prior permission only; feed it to assistants",
        uses: &[(TrainAi, Conditional, &[Condition::Consent]), (AiInput, Allowed, &[])],
    },
    Preset {
        name: "no-training",
        summary: "do not train on it; feed it to assistants",
        uses: &[(TrainAi, Disallowed, &[]), (AiInput, Allowed, &[])],
    },
    Preset {
        name: "no-ai",
        summary: "neither train on it nor feed it to assistants",
        uses: &[(TrainAi, Disallowed, &[]), (AiInput, Disallowed, &[])],
    },
];

impl Preset {
    /// The preset of a name.
    pub fn named(name: &str) -> Option<Self> {
        PRESETS.iter().find(|preset| preset.name == name).copied()
    }

    /// What it says of each use it speaks of.
    pub fn uses(self) -> BTreeMap<AiUse, Said> {
        let uses = self.uses.iter();
        uses.map(|&(ai_use, value, conditions)| (ai_use, Said::new(value, conditions)))
            .collect()
    }
}
