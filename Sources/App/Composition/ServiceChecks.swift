import Apollo
import Foundation
import HubSpot
import Ingress
import OpenAI
import Pipeline
import RevOps
import ServiceLifecycle
import SlackAPI
import Synchronization
import VendorAPI

/// Asks each configured service now and then whether it lets us in, so that `/ready` can say it without asking.
///
/// A service that is away or refuses makes Baton degraded, never unready: leads are still stored and routed.
final class ServiceChecks: Service {
  private let states = Mutex<[String: Readiness.Dependency]>([:])
  private let settings: BatonEnvironment
  private let services: Services
  private let memory: PastAccounts
  private let store: OpenStore
  private let policy: LivePolicy
  private let revival: Revival
  /// Services that accept the credentials again.
  private let accepted: AsyncStream<String>

  init(
    settings: BatonEnvironment, services: Services, memory: PastAccounts, store: OpenStore, policy: LivePolicy,
    revival: Revival, accepted: AsyncStream<String>
  ) {
    self.settings = settings
    self.services = services
    self.memory = memory
    self.store = store
    self.policy = policy
    self.revival = revival
    self.accepted = accepted
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.askAgainAndAgain() }
        group.addTask { for await service in self.accepted { await self.revival.begin(service) } }
      }
    }
  }

  private func askAgainAndAgain() async {
    while !Task.isCancelled {
      await ask()
      // Cancelled, the condition ends the loop.
      try? await Task.sleep(for: isAnythingFailing ? .seconds(15) : .seconds(60))
    }
  }

  /// What does not work is looked at more often: somebody mends it and wants to see that.
  private var isAnythingFailing: Bool {
    states.withLock { $0.values.contains { $0.state == "failing" } }
      || Self.names.contains { services.credentialRefusal($0) != nil }
  }

  func readiness() async -> Readiness {
    let store = await storeState()
    let others = states.withLock { states in
      Self.names.map { name in
        if let word = services.credentialRefusal(name) {
          return Readiness.Dependency(name: name, state: "failing", detail: "refuses the credentials: \(word)")
        }
        if isConfigured(name), services.isResting(name) {
          return Readiness.Dependency(name: name, state: "failing", detail: "has stopped answering")
        }
        return states[name] ?? Readiness.Dependency(name: name, state: isConfigured(name) ? "unchecked" : "off")
      }
    }
    let status: Readiness.Status =
      store.state != "ok" ? .notReady : others.contains { $0.state == "failing" } ? .degraded : .ready
    return Readiness(status: status, configVersion: policy.current.version, dependencies: [store] + others)
  }

  private static let names = ["slack", "hubspot", "apollo", "clearbit", "openai", "pinecone"]

  private func storeState() async -> Readiness.Dependency {
    do {
      try await store.storage.check()
      let detail = await store.remark().map { "\(store.name): \($0)" } ?? store.name
      return .init(name: "store", state: "ok", detail: detail)
    } catch {
      return .init(name: "store", state: "failing", detail: "\(store.name): \(error.detail)")
    }
  }

  /// A call of each that is cheap, needs the credentials and is answered from no memory of ours.
  private func ask() async {
    if let slack = services.slack {
      await ask("slack") { () async throws(VendorError) in _ = try await slack.identity() }
    }
    if let hubspot = services.hubspot {
      await ask("hubspot") { () async throws(VendorError) in
        do throws(HubSpotFailure) { try await hubspot.check() } catch { throw error.error }
      }
    }
    // What every lead needs of it is read on the way, so that none waits for it.
    _ = await services.crm?.activeOwners()
    if let apollo = services.apollo {
      await ask("apollo") { () async throws(VendorError) in try await apollo.check() }
    }
    // It goes on in the store without its index, which is less than what was asked for.
    if let check = await memory.check() {
      await note("pinecone", check.state == .fits ? nil : check.detail, detail: check.detail)
    }
    await askLanguageModel()
    // Every call of Clearbit's costs a credit: whether the key is right shows with the first lead.
    if settings.clearbit != nil {
      states.withLock { $0["clearbit"] = .init(name: "clearbit", state: "configured") }
    }
  }

  /// Slack said itself that the token is gone, before anybody asked.
  func slackRevoked() async { await note("slack", "token_revoked") }

  private func ask(_ name: String, _ call: () async throws(VendorError) -> Void) async {
    do {
      try await call()
      await note(name, nil)
    } catch {
      await note(name, error.code ?? error.detail)
    }
  }

  private func askLanguageModel() async {
    guard let client = services.openAI else { return }
    let wanted = [settings.openAI?.model, settings.openAI?.embeddingModel].compactMap(\.self)
    do {
      let offered = try await OpenAIModels(client: client).all()
      let unknown = wanted.first { name in !offered.contains { $0.id == name } }
      let ending = offered.first { wanted.contains($0.id) && $0.shutdownDate != nil }
      if let trouble = services.language?.trouble() {
        await note("openai", trouble)
      } else if let unknown {
        await note("openai", "the service offers no model \(unknown)")
      } else {
        await note("openai", nil, detail: ending.map { "\($0.id) is shut down on \($0.shutdownDate ?? "")" })
      }
    } catch  where error.code == "404" {
      // Not every server lists its models.
      await note("openai", services.language?.trouble())
    } catch {
      await note("openai", error.detail)
    }
  }

  private func note(_ name: String, _ failure: String?, detail: String? = nil) async {
    let state = Readiness.Dependency(
      name: name, state: failure == nil ? "ok" : "failing", detail: failure ?? detail)
    let before = states.withLock { states in
      defer { states[name] = state }
      return states[name]
    }
    if state.state == "ok", before?.state != "ok" { await revival.begin(name) }
  }

  private func isConfigured(_ name: String) -> Bool {
    switch name {
    case "slack": settings.slack != nil
    case "hubspot": settings.hubspot != nil
    case "apollo": settings.apollo != nil
    case "openai": settings.openAI != nil
    case "pinecone": settings.pinecone != nil
    default: settings.clearbit != nil
    }
  }
}
