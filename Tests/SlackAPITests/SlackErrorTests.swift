import Foundation
import SlackAPI
import Testing
import VendorAPI

@Suite struct SlackErrorTests {
  private typealias Answer = Result<VendorResponse, TransportError>

  private func writeError(_ answer: Answer) async -> VendorError? {
    await #expect(throws: VendorError.self) {
      try await slack(ScriptedTransport(answer)).postMessage(Message(text: "x"), to: "C1")
    }
  }

  private func readError(_ answer: Answer) async -> VendorError? {
    await #expect(throws: VendorError.self) { try await slack(ScriptedTransport(answer)).user("U1") }
  }

  @Test func `too many requests wait as long as Slack says, and surely did nothing`() async {
    let error = await writeError(
      .json(#"{"ok":false,"error":"ratelimited"}"#, status: 429, headers: [("Retry-After", "30")]))
    #expect(error?.retry == .later(.seconds(30)))
    #expect(error?.outcomeUnknown == false)
    #expect(error?.code == "ratelimited")
    let bare = await writeError(.json("", status: 429))
    #expect(bare?.retry == .now)
    #expect(bare?.code == "ratelimited")
    #expect(await writeError(.json(#"{"ok":false,"error":"rate_limited"}"#))?.retry == .now)
  }

  @Test(arguments: ["-5", "abc", "1.5", "999999999999999999999"])
  func `a wait that is no number is no wait`(header: String) async {
    #expect(await writeError(.json("", status: 429, headers: [("retry-after", header)]))?.retry == .now)
  }

  @Test(arguments: ["internal_error", "fatal_error", "service_unavailable"])
  func `Slack's own trouble may have posted, and is tried again`(code: String) async {
    let answer = Answer.json(#"{"ok":false,"error":"\#(code)"}"#)
    let error = await writeError(answer)
    #expect(error?.retry == .now)
    #expect(error?.outcomeUnknown == true)
    #expect(await readError(answer)?.outcomeUnknown == false)
  }

  @Test(arguments: [
    "request_timeout", "team_added_to_org", "org_login_required", "external_channel_migrating", "update_failed",
  ])
  func `what Slack did not do now and will later is tried again`(code: String) async {
    let error = await writeError(.json(#"{"ok":false,"error":"\#(code)"}"#))
    #expect(error?.retry == .now)
    #expect(error?.outcomeUnknown == false)
  }

  @Test(arguments: [500, 502, 503, 200])
  func `an answer that is no JSON object says nothing about what happened`(status: Int) async {
    let error = await writeError(.json("<html>oops secret</html>", status: status))
    #expect(error?.retry == .now)
    #expect(error?.outcomeUnknown == true)
    #expect(error?.detail.contains("secret") == false)
  }

  @Test func `an unavailable Slack that says when is waited for`() async {
    let error = await writeError(.json("", status: 503, headers: [("Retry-After", "120")]))
    #expect(error?.retry == .later(.seconds(120)))
  }

  @Test(arguments: [
    "channel_not_found", "not_in_channel", "is_archived", "invalid_auth", "token_revoked", "account_inactive",
    "message_not_found", "cant_update_message", "user_not_found", "something_new",
  ])
  func `a refusal is final and keeps Slack's word`(code: String) async {
    let error = await writeError(.json(#"{"ok":false,"error":"\#(code)"}"#, headers: [("X-Slack-Req-Id", "req1")]))
    #expect(error?.retry == .never)
    #expect(error?.code == code)
    #expect(error?.outcomeUnknown == false)
    #expect(error?.requestID == "req1")
    #expect(error?.operation == "chat.postMessage")
  }

  @Test func `a missing scope is named`() async {
    let error = await readError(
      .json(#"{"ok":false,"error":"missing_scope","needed":"users:read.email","provided":"chat:write"}"#))
    #expect(error?.detail == "the token lacks the scope users:read.email")
    #expect(error?.retry == .never)
  }

  @Test func `a refused argument is named by its place, never by its text`() async {
    let error = await readError(
      .json(
        #"{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["[ERROR] bad ada@acme.example [json-pointer:/blocks/0/text/text]"]}}"#
      ))
    #expect(error?.detail == "Slack refused: invalid_arguments at /blocks/0/text/text")
  }

  @Test func `a late trigger has one name`() async {
    let messages = #"{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["trigger_id expired"]}}"#
    let view = View(.modal(.init(title: "t")), blocks: [.text("x")])
    for text in [messages, #"{"ok":false,"error":"expired_trigger_id"}"#] {
      let error = await #expect(throws: VendorError.self) {
        try await slack(ScriptedTransport(.json(text))).openView(view, trigger: "1")
      }
      #expect(error?.code == "expired_trigger_id")
    }
  }

  @Test func `a code that is no word does not get into logs`() async {
    let error = await readError(.json(#"{"ok":false,"error":"Ada <ada@acme.example>\n"}"#))
    #expect(error?.code == "unknown_error")
    #expect(error?.detail == "Slack refused: unknown_error")
  }

  @Test func `a wrong address is a refusal`() async {
    #expect(await readError(.json("<html>not found</html>", status: 404))?.retry == .never)
  }

  @Test func `no answer after sending leaves a write open and a read repeatable`() async {
    let lost = Answer.failure(TransportError(cause: .timedOut, mayHaveReachedService: true, detail: "timed out"))
    #expect(await writeError(lost)?.outcomeUnknown == true)
    #expect(await writeError(lost)?.retry == .now)
    #expect(await readError(lost)?.outcomeUnknown == false)
    let refused = Answer.failure(
      TransportError(cause: .couldNotConnect, mayHaveReachedService: false, detail: "refused"))
    #expect(await writeError(refused)?.outcomeUnknown == false)
  }

  @Test func `an ok without what it promises leaves a post open`() async {
    let error = await writeError(.json(#"{"ok":true}"#))
    #expect(error?.outcomeUnknown == true)
    #expect(error?.retry == .now)
  }
}
