import Curl
import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import VendorAPI

/// Stand-ins for Slack, HubSpot, Apollo and Clearbit on one loopback port, with faults, a call log and a page.
///
/// Paths: `/slack/api/<method>`, `/hubspot/…`, `/apollo/api/v1/…`, `/clearbit/v2/…`; `/sandbox/…` steers it and `/` is
/// the page. `/from/NAME` before a service's path says in the call log who called. It imports nothing of the product's: signatures, payloads and what is true are its own.
public final class Sandbox: Service {
  /// The number of its HubSpot account.
  public static let portalID = 62515

  public let configuration: Configuration
  /// What the services know, to look into and to arrange.
  public let world: World
  /// Acts of people in Slack, which reach the product signed.
  public let people: SlackPeople
  /// Acts of people in the CRM, which reach the product as signed webhooks.
  public let crm: CRMPeople
  /// The web form.
  public let form: LeadForm

  private let port = Mutex<Listening>(.waiting([]))

  private enum Listening {
    case waiting([CheckedContinuation<Int, Never>])
    case open(Int)
  }

  /// - Parameter transport: what carries the sandbox's own calls to the product.
  public init(_ configuration: Configuration, transport: any HTTPTransport) {
    self.configuration = configuration
    world = World(WorldState(configuration), now: configuration.now)
    let product = ProductCalls(world: world, transport: transport)
    people = SlackPeople(world: world, product: product, signingSecret: configuration.slackSigningSecret)
    crm = CRMPeople(
      world: world, product: product, appSecret: configuration.hubSpotAppSecret, publicURL: configuration.publicURL)
    form = LeadForm(world: world, product: product, secret: configuration.webhookSecret)
  }

  /// With libcurl for the sandbox's own calls, as the product has it.
  public convenience init(_ configuration: Configuration = Configuration()) {
    self.init(configuration, transport: CurlClient())
  }

  /// Serves until the task is cancelled or the service group shuts down.
  public func run() async throws {
    let page = try PageFiles()
    let control = ControlRoutes(
      world: world, people: people, crm: crm, form: form, clock: configuration.clock)
    let app = Application(
      responder: Front(world: world, control: control, page: page),
      configuration: .init(address: .hostname("127.0.0.1", port: configuration.port)),
      onServerRunning: { [weak self] channel in self?.opened(channel.localAddress?.port ?? 0) },
      logger: Self.quiet)
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await app.run()
    } onCancelOrGracefulShutdown: { [world] in
      // First, so that no page asks for the last change of a server that is going.
      world.stopTelling()
      world.clearFaults()
    }
  }

  /// The port, once it listens.
  public func started() async -> Int {
    await withCheckedContinuation { waiting in
      let open = port.withLock { state -> Int? in
        switch state {
        case .open(let port): return port
        case .waiting(let list):
          state = .waiting(list + [waiting])
          return nil
        }
      }
      if let open { waiting.resume(returning: open) }
    }
  }

  /// "http://127.0.0.1:PORT", without a path; the empty string until it listens.
  public var baseURL: String {
    port.withLock { if case .open(let port) = $0 { "http://127.0.0.1:\(port)" } else { "" } }
  }

  private func opened(_ number: Int) {
    world.change { $0.slack.baseURL = "http://127.0.0.1:\(number)" }
    let waiting = port.withLock { state -> [CheckedContinuation<Int, Never>] in
      defer { state = .open(number) }
      if case .waiting(let list) = state { return list }
      return []
    }
    for continuation in waiting { continuation.resume(returning: number) }
  }

  /// The server's own remarks would drown those of the product beside it.
  private static let quiet: Logger = {
    var logger = Logger(label: "sandbox")
    logger.logLevel = .critical
    return logger
  }()
}
