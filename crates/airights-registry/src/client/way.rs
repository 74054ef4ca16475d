//! Where redirections lead, and how far who asks is told on the way.

use std::sync::Arc;

use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode, Url};

use super::trouble::Trouble;

/// Further than this no honest way leads.
const MOST: usize = 10;

/// A way from the address that was asked for to the one that answers.
pub(super) struct Way {
    /// Where it has come to.
    pub(super) place: Url,
    /// Whether it has always been at the scheme, host and port that it began at. What has once led elsewhere is not trusted
    /// with a token any more, even if it leads back.
    pub(super) is_at_home: bool,
    steps: usize,
}

impl Way {
    /// The beginning of a way.
    pub(super) fn from(url: &str) -> Result<Self, Trouble> {
        let place = Url::parse(url).map_err(|error| Trouble::useless(Arc::new(error)))?;
        Ok(Self {
            place,
            is_at_home: true,
            steps: 0,
        })
    }

    /// Whether an answer leads on; then the place is the next one.
    pub(super) fn goes_on(&mut self, response: &Response) -> Result<bool, Trouble> {
        let is_redirection = matches!(
            response.status(),
            StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT
        );
        let Some(location) = response.headers().get(LOCATION).filter(|_| is_redirection) else {
            return Ok(false);
        };
        let useless = |cause: &str| Trouble::useless(Arc::from(Box::from(cause)));
        self.steps += 1;
        if self.steps > MOST {
            return Err(useless("it leads elsewhere too often"));
        }
        let next = location
            .to_str()
            .ok()
            .and_then(|location| self.place.join(location).ok());
        let next = next.filter(|next| matches!(next.scheme(), "http" | "https"));
        let next = next.ok_or_else(|| useless("it leads to what is no address of HTTP"))?;
        self.is_at_home &= next.origin() == self.place.origin();
        self.place = next;
        Ok(true)
    }
}
