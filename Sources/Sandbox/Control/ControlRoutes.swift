import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `/sandbox/…`: what the page and tests from outside steer the sandbox by.
struct ControlRoutes: Sendable {
  let world: World
  let people: SlackPeople
  let crm: CRMPeople
  let form: LeadForm
  /// Nil where time goes its own way.
  let clock: DemoClock?

  func answer(_ inbound: Inbound) async -> Reply {
    let name = inbound.segments.dropFirst().first ?? ""
    if inbound.method == "GET" { return look(name, inbound) }
    guard inbound.method == "POST", inbound.contentType == "application/json",
      let body = JSON.parse(inbound.body), body.isObject
    else { return Self.refusal(400, "a JSON object is wanted") }
    return await post(name, body)
  }

  private func look(_ name: String, _ inbound: Inbound) -> Reply {
    switch name {
    case "state":
      .json(world.read { snapshot($0, inbound).json })
    case "calls": .json(["calls": .array(world.calls.map(Snapshot.json))])
    default: Self.refusal(404, "no such thing")
    }
  }

  private func snapshot(_ state: WorldState, _ inbound: Inbound) -> Snapshot {
    Snapshot(
      state: state, user: inbound.query("user"), channel: inbound.query("channel"), now: inbound.now,
      clockMoves: clock != nil)
  }

  private func post(_ name: String, _ body: JSON) async -> Reply {
    switch name {
    case "faults": return setFault(body)
    case "delays": return setDelay(body)
    case "clock": return moveClock(body)
    case "product":
      world.setProductURL(body["url"].text)
      return Self.done
    case "read":
      markRead(body)
      return Self.done
    case "lead": return answer(await form.submit(body["lead"], id: body["id"].text))
    case "crm": return await actInCRM(body)
    case "act": return await act(body)
    default: return Self.refusal(404, "no such thing")
    }
  }

  static let done = Reply.json(["ok": true])

  static func refusal(_ status: Int, _ message: String) -> Reply {
    .json(["ok": false, "error": .string(message)], status: status)
  }

  func answer(_ answer: ProductAnswer) -> Reply {
    .json([
      "ok": .bool(answer.succeeded), "status": answer.status.map { .int($0) } ?? .null, "answer": answer.json,
      "milliseconds": .double(answer.milliseconds),
    ])
  }

  // MARK: Faults

  private func setFault(_ body: JSON) -> Reply {
    guard let service = body["service"].text.flatMap(StandIn.init(rawValue:)) else {
      return Self.refusal(400, "service: " + StandIn.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let name = body["fault"].text ?? "none"
    guard name == "none" || Fault(name: name, value: body["value"].whole) != nil else {
      return Self.refusal(400, "fault: none, slow, 429, 5xx, reset_before, reset_after or hang")
    }
    world.setFault(
      Fault(name: name, value: body["value"].whole), for: service, operation: body["operation"].text,
      calls: body["calls"].whole)
    return Self.done
  }

  private func setDelay(_ body: JSON) -> Reply {
    guard let service = body["service"].text.flatMap(StandIn.init(rawValue:)), let time = body["milliseconds"].whole
    else { return Self.refusal(400, "service and milliseconds") }
    world.setDelay(.milliseconds(time), for: service)
    return Self.done
  }

  private func markRead(_ body: JSON) {
    guard let user = body["user"].text, let channel = body["channel"].text else { return }
    world.change { state in
      guard let newest = state.slack.timelines[channel]?.messages.last?.ts else { return }
      state.slack.channels[channel]?.lastRead[user] = newest
    }
  }

  // MARK: Live

  /// The number of every change as it happens, as server-sent events; at the end one named `end`, so that a page does
  /// not go on asking.
  func events() -> Response {
    let versions = world.versions()
    var headers = HTTPFields()
    headers[.contentType] = "text/event-stream"
    headers[.cacheControl] = "no-store"
    return Response(
      status: .ok, headers: headers,
      body: .init { writer in
        for await version in versions {
          try await writer.write(ByteBuffer(string: "data: \(version)\n\n"))
        }
        try await writer.write(ByteBuffer(string: "event: end\ndata:\n\n"))
        try await writer.finish(nil)
      })
  }
}

extension Fault {
  /// Reads a fault by the name under which the page and the control routes know it.
  init?(name: String, value: Int?) {
    switch name {
    case "slow": self = .slow(milliseconds: value ?? 2000)
    case "429": self = .tooManyRequests(retryAfter: value ?? 3)
    case "5xx": self = .serverError(status: value ?? 503)
    case "401": self = .refusesCredentials
    case "garbage": self = .garbage
    case "truncated": self = .truncated
    case "reset_before": self = .resetBefore
    case "reset_after": self = .resetAfter
    case "hang_after": self = .hangAfter
    case "hang": self = .hang
    default: return nil
    }
  }

  var name: String {
    switch self {
    case .slow: "slow"
    case .tooManyRequests: "429"
    case .serverError: "5xx"
    case .refusesCredentials: "401"
    case .garbage: "garbage"
    case .truncated: "truncated"
    case .resetBefore: "reset_before"
    case .resetAfter: "reset_after"
    case .hangAfter: "hang_after"
    case .hang: "hang"
    }
  }
}
