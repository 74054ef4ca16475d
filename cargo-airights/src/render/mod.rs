//! What is shown of an evaluation. Each format is a pure function of it.
