import Foundation
import Ingress
import RevOps
import ServiceLifecycle
import SlackDesk
import Synchronization

/// Asks each configured service now and then whether it lets us in, so that `/ready` can say it without asking.
///
/// A service that is away or refuses makes Baton degraded, never unready: leads are still stored and routed.
final class ServiceChecks: Service {
  private let states = Mutex<[String: Readiness.Dependency]>([:])
  private let settings: BatonEnvironment
  private let services: Services
  private let store: OpenStore
  private let policy: LivePolicy
  private let now: @Sendable () -> Date

  init(
    settings: BatonEnvironment, services: Services, store: OpenStore, policy: LivePolicy,
    now: @escaping @Sendable () -> Date
  ) {
    self.settings = settings
    self.services = services
    self.store = store
    self.policy = policy
    self.now = now
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.ask()
        try? await Task.sleep(for: .seconds(60))
      }
    }
  }

  func readiness() async -> Readiness {
    let store = await storeState()
    let others = states.withLock { states in
      ["slack", "hubspot", "apollo", "clearbit"].map { name in
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

  private func storeState() async -> Readiness.Dependency {
    do {
      try await store.storage.check()
      let detail = await store.remark().map { "\(store.name): \($0)" } ?? store.name
      return .init(name: "store", state: "ok", detail: detail)
    } catch {
      return .init(name: "store", state: "failing", detail: "\(store.name): \(error.detail)")
    }
  }

  private func ask() async {
    if let directory = services.directory {
      do {
        _ = try await directory.identity()
        note("slack", nil)
      } catch {
        note("slack", error.code ?? error.detail)
      }
    }
    if let crm = services.crm { await ask(crm) }
    // A look-up would cost a credit: whether the key is right shows with the first lead.
    for source in services.sources {
      states.withLock { $0[source.source.rawValue] = .init(name: source.source.rawValue, state: "configured") }
    }
  }

  /// What every lead needs of it is read on the way, so that none waits for it.
  private func ask(_ crm: CRM) async {
    _ = await crm.activeOwners()
    do {
      try await crm.check()
      note("hubspot", nil)
    } catch {
      note("hubspot", error.detail)
    }
  }

  private func note(_ name: String, _ failure: String?) {
    states.withLock {
      $0[name] = .init(name: name, state: failure == nil ? "ok" : "failing", detail: failure)
    }
  }

  private func isConfigured(_ name: String) -> Bool {
    switch name {
    case "slack": settings.slack != nil
    case "hubspot": settings.hubspot != nil
    case "apollo": settings.apollo != nil
    default: settings.clearbit != nil
    }
  }
}
