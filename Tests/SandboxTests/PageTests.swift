import Foundation
import Sandbox
import Testing
import VendorAPI

@Suite struct PageTests {
  @Test(arguments: ["/", "/page.css", "/slack.css", "/narrow.css", "/page.js", "/blocks.js", "/places.js"])
  func `every file of the page is served, and may load nothing from elsewhere`(_ path: String) async throws {
    try await withSandbox { desk in
      let answer = try await desk.send(.get, path)
      #expect(answer.status == 200)
      #expect(answer.headers["content-security-policy"]?.contains("default-src 'none'") == true)
    }
  }

  @Test func `a name that is not loopback gets neither page nor control`() async throws {
    try await withSandbox { desk in
      for path in ["/", "/sandbox/state"] {
        let port = await desk.sandbox.started()
        #expect(rawStatus(port: port, path: path, host: "evil.example") == 403)
        #expect(rawStatus(port: port, path: path, host: "localhost:\(port)") == 200)
      }
    }
  }

  @Test func `the form's lead arrives signed by Standard Webhooks`() async throws {
    let product = Listener(["/webhooks/lead": #"{"status":"accepted","lead_id":"p01-1"}"#])
    try await withSandbox(product: product.url) { desk in
      let answer = await desk.sandbox.form.submit(["email": "ada@acme.example"], id: "msg_1")
      #expect(answer.json["lead_id"].text == "p01-1")
      let heard = try #require(product.heard.first)
      let expected = Signatures.standardWebhook(
        secret: desk.sandbox.configuration.webhookSecret, id: "msg_1",
        timestamp: heard.headers["webhook-timestamp"] ?? "", body: heard.body)
      #expect(heard.headers["webhook-signature"] == expected)
      #expect(expected?.hasPrefix("v1,") == true)
    }
  }

  @Test func `a change of owner in the CRM reaches the product signed`() async throws {
    let product = Listener()
    try await withSandbox(product: product.url) { desk in
      let id = desk.world.addRecord(.contacts, ["email": "a@b.example"])
      _ = await desk.sandbox.crm.setOwner(.contacts, id, to: "7001")
      let heard = try #require(product.heard.first)
      let event = try #require(JSON.parse(heard.body)?[0])
      #expect(event["objectId"].whole == Int(id))
      #expect(event["propertyName"].text == "hubspot_owner_id")
      let expected = Signatures.hubSpot(
        secret: desk.sandbox.configuration.hubSpotAppSecret ?? "", method: "POST",
        address: product.url + "/webhooks/hubspot",
        timestamp: heard.headers["x-hubspot-request-timestamp"] ?? "", body: heard.body)
      #expect(heard.headers["x-hubspot-signature-v3"] == expected)
    }
  }
}
