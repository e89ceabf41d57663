import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import RevOps

/// Finds the route of a request, lets it answer, and writes the one line of the access log.
///
/// Whatever comes in, the answer is a 2xx, a 4xx or a 503.
public struct IngressResponder: HTTPResponder {
  public typealias Context = IngressContext

  private let dependencies: IngressDependencies
  private let limits: IngressLimits
  private let logger: Logger
  private let webhook: LeadWebhook
  private let hubspot: HubSpotWebhook
  private let slack: SlackRoutes
  private let admin: AdminRoutes

  init(dependencies: IngressDependencies, limits: IngressLimits, logger: Logger) {
    self.dependencies = dependencies
    self.limits = limits
    self.logger = logger
    webhook = LeadWebhook(dependencies: dependencies, limits: limits)
    hubspot = HubSpotWebhook(dependencies: dependencies, limits: limits, logger: logger)
    slack = SlackRoutes(slack: dependencies.slack, limits: limits, logger: logger)
    admin = AdminRoutes(dependencies: dependencies)
  }

  public func respond(to request: Request, context: IngressContext) async throws -> Response {
    let started = ContinuousClock.now
    let requestID = dependencies.ids.request()
    let incoming = IncomingRequest(request, peer: context.peer, requestID: requestID, now: dependencies.now())
    let matches = Route.matching(incoming.path)
    let match = matches.first { $0.route.method == request.method.rawValue }
    let reply = try await guarded(incoming) {
      try incoming.checkHead(limits)
      guard let match else {
        throw matches.isEmpty ? Problem.notFound : Problem.methodNotAllowed(matches.map(\.route.method))
      }
      var incoming = incoming
      incoming.id = match.id
      return try await answer(match.route, incoming)
    }
    record(reply, match?.route ?? matches.first?.route, incoming, took: ContinuousClock.now - started)
    return reply.response(requestID: requestID)
  }

  private func answer(_ route: Route, _ request: IncomingRequest) async throws -> Reply {
    switch route {
    case .leadWebhook: try await webhook.receive(request)
    case .hubspotWebhook: try await hubspot.receive(request)
    case .slackEvents, .slackCommands, .slackInteractions, .slackOptions: try await slack.receive(route, request)
    case .health: .json(.object(["status": .string("ok")]))
    case .ready: await ready()
    case .metrics, .lead, .leads, .retry, .deadLetters: try await admin.answer(route, request)
    }
  }

  private func ready() async -> Reply {
    let readiness = await dependencies.readiness()
    return .json(readiness.document, status: readiness.status == .notReady ? 503 : 200)
  }

  /// Refusals as problems. What else is thrown here comes from reading the connection: broken framing is the server's to
  /// answer (400, and the connection ends), and a connection that broke hears nothing anyway.
  private func guarded(_ request: IncomingRequest, _ work: () async throws -> Reply) async throws -> Reply {
    do {
      return try await work()
    } catch let problem as Problem {
      return problem.reply(requestID: request.requestID)
    } catch let error as StorageError {
      logger.error("Store refused", metadata: ["cause": "\(error.cause)", "request_id": "\(request.requestID)"])
      return Problem.storage(error).reply(requestID: request.requestID)
    } catch let error where IngressResponder.isFraming(error) {
      throw error
    } catch {
      return Problem.incomplete.reply(requestID: request.requestID)
    }
  }

  /// NIO's parser error lives in a module that nothing else here needs; its name is enough to hand it on.
  private static func isFraming(_ error: any Error) -> Bool { String(describing: type(of: error)) == "HTTPParserError" }

  private func record(_ reply: Reply, _ route: Route?, _ request: IncomingRequest, took: Duration) {
    let pattern = route?.pattern ?? "none"
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) * 1e-18
    var metadata: Logger.Metadata = [
      "request_id": "\(request.requestID)", "method": "\(route?.method ?? "other")", "route": "\(pattern)",
      "status": "\(reply.status)", "ms": "\(Int((seconds * 1000).rounded()))",
    ]
    if let lead = reply.lead { metadata["lead_id"] = "\(lead)" }
    logger.info("Request answered", metadata: metadata)
    let labels = [("route", pattern), ("status", String(reply.status))]
    Counter(label: "baton_http_requests_total", dimensions: labels).increment()
    Metrics.Timer(label: "baton_http_request_seconds", dimensions: [("route", pattern)])
      .recordNanoseconds(Int64(seconds * 1e9))
  }
}
