import Foundation
import Ingress
import Logging
import RevOps
import ServiceLifecycle
import SlackAPI
import SlackDesk

/// What Baton does in Slack beside the cards: answers people, and keeps their Home tabs as the leads are.
struct DeskService: Service {
  private let slack: SlackSettings
  private let ports: DeskPorts
  private let crm: CRM?
  private let names: NameIndex
  private let home: HomePublisher
  /// Nil: nothing is written to Slack of its own accord.
  private let digests: DigestSender?
  private let staleLists: StaleListSender?
  private let changes: AsyncStream<Lead>

  /// Nil: Slack is off.
  init?(
    _ settings: BatonEnvironment, _ services: Services, _ store: any Storage, policy: LivePolicy,
    changes: AsyncStream<Lead>, now: @escaping @Sendable () -> Date, logger: Logger
  ) {
    guard let slack = settings.slack, let client = services.slack, let directory = services.directory else {
      return nil
    }
    self.slack = slack
    self.changes = changes
    crm = services.crm
    names = NameIndex(leads: store)
    ports = DeskPorts(
      client: client, directory: directory, leads: store, documents: store, policy: { policy.current }, now: now,
      report: { error in
        logger.warning(
          "somebody in Slack could not be answered",
          metadata: ["code": "\(error.code ?? "-")", "detail": "\(error.detail)"])
      })
    home = HomePublisher(ports)
    digests = settings.mode == .shadow ? nil : DigestSender(ports)
    staleLists = settings.mode == .shadow ? nil : StaleListSender(ports)
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await home.run() }
        group.addTask { await digests?.run() }
        group.addTask { await staleLists?.run() }
        group.addTask { await follow() }
        await group.waitForAll()
      }
    }
  }

  private func follow() async {
    for await lead in changes {
      await names.note(lead)
      await home.changed(lead)
    }
  }

  func ingress(
    inbox: any Inbox, policies: any PolicyArchive, wake: @escaping @Sendable (Partition) -> Void,
    revoked: @escaping @Sendable () async -> Void
  ) -> SlackIngress {
    let handlers = SlackHandlers(
      .init(ports, inbox: inbox, policies: policies, crm: crm, names: names, home: home, wake: wake, revoked: revoked))
    return SlackIngress(
      signingSecrets: slack.signingSecrets,
      command: { command in Self.reply(await handlers.command(command)) },
      interaction: { interaction in Self.reply(await handlers.interaction(interaction)) },
      options: { suggestion in Self.reply(await handlers.interaction(.blockSuggestion(suggestion))) },
      event: { envelope in
        guard case .eventCallback(let callback) = envelope else { return .ok }
        return Self.reply(await handlers.event(callback))
      })
  }

  private static func reply(_ reply: DeskReply) -> SlackReply { reply.started().map { .json($0) } ?? .ok }
}
