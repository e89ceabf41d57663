import Foundation
import Logging
import Metrics
import RevOps
import SlackAPI

/// The four addresses that Slack calls. Nothing of a body is read before its signature holds.
struct SlackRoutes: Sendable {
  let slack: SlackIngress?
  let limits: IngressLimits
  let logger: Logger

  func receive(_ route: Route, _ request: IncomingRequest) async throws -> Reply {
    guard let slack else { throw Problem.notConfigured("SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET") }
    let body = try await BodyReader.read(request, limit: limits.signedBody, within: limits.bodyTimeout)
    if let refusal = refusal(request, body, slack, route) { return refusal }
    guard ContentEncoding.isPlain(request) else {
      throw Problem.unsupported("unsupported_encoding", "Send the body without Content-Encoding")
    }
    let call: SlackCall
    do throws(SlackPayloadError) {
      call = try SlackCall(route, body, depth: limits.depth)
    } catch {
      throw Problem.malformed("invalid_payload")
    }
    if case .event(.urlVerification(let challenge)) = call {
      return .json(.object(["challenge": .string(challenge)]))
    }
    return await reply(to: call, slack, route)
  }

  /// Nil when the signature holds. An unsigned certificate probe gets its empty 200, whatever else it carries.
  private func refusal(_ request: IncomingRequest, _ body: [UInt8], _ slack: SlackIngress, _ route: Route) -> Reply? {
    let verdict = SlackSignature.verify(
      secrets: slack.signingSecrets, timestamp: request.only("x-slack-request-timestamp"),
      signature: request.only("x-slack-signature"), body: body, now: request.now)
    guard case .rejected(let reason) = verdict else { return nil }
    if let form = try? SlackAPI.FormBody(body), form.isSSLCheck { return .empty }
    Counter(label: "baton_refused_signatures_total", dimensions: [("route", route.pattern)]).increment()
    logger.debug("Slack signature refused", metadata: ["reason": "\(reason.rawValue)", "bytes": "\(body.count)"])
    return Reply(status: 401)
  }

  private func reply(to call: SlackCall, _ slack: SlackIngress, _ route: Route) async -> Reply {
    let answer = await Watchdog.answer(within: limits.slackReply) {
      await call.handle(slack)
    } late: {
      Counter(label: "baton_slack_late_replies_total", dimensions: [("route", route.pattern)]).increment()
      return call.late
    }
    switch answer {
    case .ok: return .empty
    case .json(let json): return Reply(status: 200, type: "application/json; charset=utf-8", body: json.serialized)
    case .unavailable:
      var reply = Reply(status: 503)
      reply.headers = ["retry-after": "5"]
      return reply
    }
  }
}

enum ContentEncoding {
  static func isPlain(_ request: IncomingRequest) -> Bool {
    request.values("content-encoding").allSatisfy { $0.lowercased() == "identity" }
  }
}
