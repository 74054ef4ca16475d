//! What the words of policies mean, in a sentence each.

use airights::{AiUse, LicenseClass};

/// What a use is.
pub(super) const fn of_use(ai_use: AiUse) -> &'static str {
    match ai_use {
        AiUse::TrainAi => "train, fine-tune or evaluate models on its code, documentation or assets",
        AiUse::AiInput => "give it to a model as input: retrieval, embeddings, the context of an assistant",
        AiUse::UseRestrictions => "run the software for any purpose, AI systems included",
        AiUse::TrainOnOutput => "train other models on what the software puts out",
    }
}

/// What licenses of a class ask for.
pub(super) const fn of_class(class: LicenseClass) -> &'static str {
    match class {
        LicenseClass::PublicDomain => "no rights are reserved, and nothing is asked for",
        LicenseClass::Permissive => "any use, with notices kept",
        LicenseClass::WeakCopyleft => "changes to the work itself have to be shared under its license",
        LicenseClass::StrongCopyleft => "works that contain it have to be shared under its license",
        LicenseClass::NetworkCopyleft => "what users reach over a network has to be shared, too",
        LicenseClass::SourceAvailable => "the source can be read, with limits on production use or on competing",
        LicenseClass::NonCommercial => "no commercial use",
        LicenseClass::UseRestricted => "some uses are forbidden, in a list that has to be passed on",
        LicenseClass::Proprietary => "a vendor's own terms",
        LicenseClass::Unknown => "not known, or not classified",
    }
}
