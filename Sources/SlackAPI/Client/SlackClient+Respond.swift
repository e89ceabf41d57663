import VendorAPI

extension SlackClient {
  /// Answers an interaction through its `response_url`.
  ///
  /// An address that is neither https on Slack's host nor of the API's origin is not called: the error's code is then
  /// `response_url_refused`, with the reason in its detail. No token is sent.
  public func respond(_ reply: InteractionReply, to url: ResponseURL) async throws(VendorError) {
    let address = try callable(url)
    try await wait(for: Self.respondOperation, channel: nil)
    let request = VendorRequest(
      vendor: "slack", operation: Self.respondOperation, method: .post, url: address,
      headers: [("Content-Type", "application/json; charset=utf-8")], body: reply.data, timeout: timeout)
    let answer = try await send(request, kind: .write)
    // The answer is the text "ok" or an object; used-up addresses give a 404.
    guard (200..<300).contains(answer.status), !answer.isReadable || answer.json["ok"].bool ?? true else {
      throw answer.failure
    }
  }

  private static let respondOperation = "response_url"

  private func callable(_ url: ResponseURL) throws(VendorError) -> String {
    do {
      return try url.callable(apiURL: apiURL)
    } catch {
      throw VendorError(
        vendor: "slack", operation: Self.respondOperation, code: "response_url_refused",
        detail: "the response_url is not called: \(error)", retry: .never)
    }
  }
}
