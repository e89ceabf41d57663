import Curl
import Logging
import ServiceLifecycle
import Testing
import VendorAPI

@testable import Sandbox

@Suite struct ShutdownTests {
  @Test(.timeLimit(.minutes(1)))
  func `neither an open page nor a hanging call holds up a shutdown`() async throws {
    let sandbox = Sandbox()
    sandbox.world.setFault(.hang, for: .slack)
    var configuration = ServiceGroupConfiguration(services: [sandbox], logger: Logger(label: "shutdown test"))
    configuration.maximumGracefulShutdownDuration = .seconds(5)
    let group = ServiceGroup(configuration: configuration)
    async let running: Void = group.run()
    _ = await sandbox.started()
    let client = CurlClient()
    let base = sandbox.baseURL
    async let page = client.send(request(base + "/sandbox/events"))
    async let hanging = try? client.send(request(base + "/slack/api/auth.test"))
    try await until { sandbox.world.watchers == 1 && sandbox.world.calls.count == 1 }
    let asked = ContinuousClock.now
    await group.triggerGracefulShutdown()
    try await running
    #expect(ContinuousClock.now - asked < .seconds(4))
    let seen = try await page
    let told = String(decoding: seen.body, as: UTF8.self)
    #expect(told.hasPrefix("data: "))
    #expect(told.hasSuffix("event: end\ndata:\n\n"), "the page is told not to ask again")
    let answer = await hanging
    #expect(answer?.status == nil)
  }

  private func request(_ url: String) -> VendorRequest {
    VendorRequest(vendor: "sandbox", operation: "test", method: .get, url: url, timeout: .seconds(20))
  }

  /// Waits for a condition, ten seconds at most.
  private func until(_ holds: @Sendable () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while !holds() {
      guard ContinuousClock.now < deadline else { throw CancellationError() }
      await Task.yield()
    }
  }
}
