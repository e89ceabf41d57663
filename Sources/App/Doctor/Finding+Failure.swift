import VendorAPI

extension Finding {
  /// A call that the service did not answer as it should have.
  ///
  /// - Parameters:
  ///   - credentials: what to do when it refuses them.
  ///   - address: the variable that says where the service is.
  static func failed(
    _ service: String, _ check: String, _ error: VendorError, credentials: String, address: String
  ) -> Finding {
    let isRefused = [401, 403].contains(error.status) || refusals.contains(error.code ?? "")
    let remedy: String? =
      if isRefused {
        credentials
      } else if error.status == nil {
        "see whether this machine reaches the service (\(address), proxy, firewall)"
      } else if case .never = error.retry {
        nil
      } else {
        "the service is in trouble or busy: run this again later"
      }
    let code = error.code.map { " (\($0))" } ?? ""
    return Finding(
      service, check, .failing, error.detail.contains(error.code ?? "\u{0}") ? error.detail : error.detail + code,
      remedy: remedy)
  }

  /// Words that come with status 200 (Slack's), or in place of one.
  private static let refusals: Set = [
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope",
    "no_permission", "not_allowed_token_type", "UNAUTHENTICATED", "PERMISSION_DENIED", "invalid_api_key",
  ]
}
