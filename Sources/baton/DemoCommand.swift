import App
import ArgumentParser
import Foundation

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Baton and stand-ins for every service on loopback; no account needed.",
    discussion: "Ignores the environment and .env for every service, and keeps its data in a folder of its own.")

  @Option(help: "The page's port; 0 takes a free one.")
  var port = 8090

  @Option(help: "The configuration folder.")
  var config = "./config"

  @Option(help: "The folder of the prompts.")
  var prompts = "./prompts"

  @Flag(help: "Prints Baton's log.")
  var verbose = false

  func run() async throws {
    _ = try Output.policy(folder: config)
    let demo = Demo(page: port, config: config, prompts: prompts, isVerbose: verbose)
    try await demo.run { page in
      Output.print(
        """

        Baton is running with stand-ins for Slack, HubSpot, Apollo, Clearbit, OpenAI and Pinecone.

            \(page)

        Open it, send a lead with the form, and claim the card. Ctrl-C ends the demo.

        """)
    }
  }
}
