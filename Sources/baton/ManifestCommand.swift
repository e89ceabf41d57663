import App
import ArgumentParser
import Foundation
import SlackDesk

struct ManifestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manifest", abstract: "Prints the Slack app manifest for this address.")

  @Option(help: "The public https address; BATON_PUBLIC_URL if left out.")
  var publicURL: String?

  func run() async throws {
    var address = publicURL
    if address == nil { address = try ServeCommand.environment().publicURL }
    guard let address else {
      throw ValidationError("Set BATON_PUBLIC_URL or give --public-url: Slack must know where to send clicks.")
    }
    Output.print(SlackManifest.yaml(publicURL: address))
  }
}
