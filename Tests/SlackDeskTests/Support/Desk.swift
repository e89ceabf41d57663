import Foundation
import RevOps
import SlackAPI
import Synchronization

@testable import SlackDesk

/// The handlers with a workspace and a store that tests can look into.
struct TestDesk {
  let slack: FakeSlack
  let store: FakeStore
  let handlers: SlackHandlers
  let home: HomePublisher
  let woken = Woken()
  /// Not empty: Slack said that the token is gone.
  let revoked = Woken()

  final class Woken: Sendable {
    private let all = Mutex<[Partition]>([])
    var partitions: [Partition] { all.withLock { $0 } }
    func add(_ partition: Partition) { all.withLock { $0.append(partition) } }
  }

  init(
    _ leads: [Lead] = [Samples.lead()], isDown: Bool = false, slack: FakeSlack = FakeSlack(), crm: CRM? = nil,
    policy: Policy = Samples.policy, now: @escaping @Sendable () -> Date = { Samples.now }
  ) {
    self.slack = slack
    store = FakeStore(leads, isDown: isDown)
    let woken = woken
    let revoked = revoked
    let directory = SlackDirectory(client: slack.client, policy: { policy }, now: now)
    let ports = DeskPorts(
      client: slack.client, directory: directory, leads: store, documents: store, policy: { policy }, now: now,
      report: { _ in })
    home = HomePublisher(ports)
    handlers = SlackHandlers(
      SlackHandlers.Ports(
        ports, inbox: store, policies: store, crm: crm, names: NameIndex(leads: store), home: home,
        wake: { woken.add($0) }, revoked: { revoked.add(Partition.all[0]) }),
      patience: .seconds(30), formPatience: .seconds(30))
  }

  /// Answers, and does what comes after the answer.
  @discardableResult func send(_ payload: String) async throws -> SlackJSON? {
    let interaction = try Interaction(json: SlackJSON(parsing: Data(payload.utf8)))
    let reply = await handlers.interaction(interaction)
    await reply.afterwards?()
    return reply.body
  }

  @discardableResult func click(
    _ button: String, user: String = "U1JONAS", value: String = Samples.id.description, at time: String = "17.1",
    team: String = "T1"
  ) async throws -> SlackJSON? {
    try await send(
      """
      {"type":"block_actions","user":{"id":"\(user)"},"team":{"id":"\(team)"},"trigger_id":"1.2.3",
      "container":{"type":"message","message_ts":"1700000000.000100","channel_id":"C2EMEA"},
      "channel":{"id":"C2EMEA"},"response_url":"http://127.0.0.1:9/respond/1",
      "actions":[{"type":"button","action_id":"lead.\(button).v1","value":"\(value)","action_ts":"\(time)"}]}
      """)
  }

  @discardableResult func submit(
    _ modal: String, _ values: String, user: String = "U1JONAS", view: String = "V1"
  ) async throws -> SlackJSON? {
    let metadata = ModalSubject(lead: Samples.id, channel: "C2EMEA", ts: "1.2").metadata
      .replacing("\"", with: "\\\"")
    return try await send(
      """
      {"type":"view_submission","user":{"id":"\(user)"},"team":{"id":"T1"},
      "view":{"id":"\(view)","callback_id":"lead.\(modal).v1","private_metadata":"\(metadata)",
      "state":{"values":\(values)}}}
      """)
  }

  func command(_ text: String, user: String = "U1JONAS") async throws -> String {
    let command = try SlashCommand(
      json: [
        "command": "/lead", "text": .string(text), "user_id": .string(user), "team_id": "T1",
        "response_url": "http://127.0.0.1:9/respond/1",
      ])
    let reply = await handlers.command(command)
    await reply.afterwards?()
    guard let body = reply.body else { return "" }
    return WireTexts(body).all
  }

  /// An event of the workspace, and what it sets in motion.
  func event(_ event: String, id: String = "Ev1") async throws {
    let envelope = try EventEnvelope(
      body: Data(#"{"type":"event_callback","event_id":"\#(id)","team_id":"T1","event":\#(event)}"#.utf8))
    guard case .eventCallback(let callback) = envelope else { return }
    await handlers.event(callback).afterwards?()
  }

  /// Uses something that is not a lead's button.
  @discardableResult func use(
    _ action: String, value: String, user: String = "U1JONAS", home: Bool = false
  ) async throws -> SlackJSON? {
    let place =
      home
      ? #""container":{"type":"view","view_id":"V9"},"view":{"id":"V9","type":"home"}"#
      : #""container":{"type":"message","message_ts":"1.2","channel_id":"C2EMEA","is_ephemeral":true},"channel":{"id":"C2EMEA"},"response_url":"http://127.0.0.1:9/respond/1""#
    return try await send(
      """
      {"type":"block_actions","user":{"id":"\(user)"},"team":{"id":"T1"},"trigger_id":"1.2.3",\(place),
      "actions":[{"type":"button","action_id":"\(action)","value":\(SlackJSON.string(value).serialized),"action_ts":"1.1"}]}
      """)
  }

  var note: String { slack.last("response_url")["text"].string ?? "" }
}
