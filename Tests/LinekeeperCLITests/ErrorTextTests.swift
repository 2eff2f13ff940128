import ArgumentParser
import LinekeeperRPC
import Testing

@testable import linekeeper

@Suite struct ErrorTextTests {
    @Test func `an error says what happened, why, and what to do`() {
        let status = Status(
            .alreadyExists, "Sales answers this number.", reason: "PROFILE_TAKEN",
            facts: [
                "agent_id": "agt_1", "request_id": "req_7", "workspace_id": "wsp_1",
                "profile": "INBOUND",
            ])
        #expect(
            ErrorText.lines(.status(status), color: false) == [
                "error: Sales answers this number.",
                "  reason: PROFILE_TAKEN (ALREADY_EXISTS)",
                "  facts: agent_id=agt_1 profile=INBOUND",
                "  next: add --replace to take it over",
                "  request: req_7",
            ])
    }

    @Test func `each wrong field is named`() {
        let status = Status(
            .invalidArgument, "The request is not valid.",
            violations: [.init(field: "page.page_size", description: "is more than 1000")])
        #expect(
            ErrorText.lines(.status(status), color: false).contains(
                "  page.page_size: is more than 1000"))
    }

    @Test func `nothing in an error commands the terminal`() {
        let status = Status(
            .notFound, "\u{1B}[2Jgone", reason: "\u{7}", facts: ["a\u{9B}": "\u{1B}c"],
            violations: [.init(field: "f", description: "\u{202E}")])
        for line in ErrorText.lines(.status(status), color: false) {
            #expect(SafeText.shown(line) == line)
        }
    }

    @Test(
        "the exit code says who said no",
        arguments: [
            (.status(Status(.unavailable, "", reason: "CANNOT_CONNECT")), .unreachable),
            (.status(Status(.unavailable, "", reason: "CONNECTION_LOST")), .unreachable),
            (.status(Status(.internal, "", reason: "PROTOCOL_VIOLATION")), .unreachable),
            (.status(Status(.deadlineExceeded, "")), .unreachable),
            (.status(Status(.unavailable, "", reason: "CARRIER_UNAVAILABLE")), .refused),
            (.status(Status(.notFound, "", reason: "NUMBER_NOT_FOUND")), .refused),
            (.status(Status(.unauthenticated, "", reason: "TOKEN_MISSING")), .refused),
            (.status(Status(.invalidArgument, "", reason: "TLS_UNUSABLE")), .usage),
            (.usage("no"), .usage), (.declined, .refused), (.partlyRefused, .refused),
            (.unreadable("?"), .refused),
        ] as [(CLIError, ProgramExit)])
    func exitStatus(error: CLIError, exit: ProgramExit) {
        #expect(error.exitStatus == exit)
    }

    @Test(
        "what was typed wrong is told by exit code 2, help by 0",
        arguments: [
            (["assign"], 2), (["no-such-command"], 2), (["ping", "--count", "0"], 2),
            (["numbers", "list", "--type", "round"], 2), (["--help"], 0), (["--version"], 0),
            (["assign", "--help"], 0),
        ] as [([String], Int32)])
    func parserErrors(arguments: [String], code: Int32) {
        let error = #expect(throws: (any Error).self) {
            var command = try Linekeeper.parseAsRoot(arguments)
            try command.run()
        }
        guard let error else { return }
        let parsed = Linekeeper.exitCode(for: error)
        #expect(
            (parsed == .validationFailure ? ProgramExit.usage.rawValue : parsed.rawValue) == code)
    }

    @Test func `whoever is not known or not allowed is told how to be`() {
        #expect(ErrorText.nextStep(Status(.unauthenticated, ""))?.contains("--token-file") == true)
        #expect(ErrorText.nextStep(Status(.permissionDenied, ""))?.contains("tokens issue") == true)
        #expect(
            ErrorText.nextStep(Status(.resourceExhausted, "", retryAfterMilliseconds: 3000))
                == "wait 3 s and try again")
        #expect(ErrorText.nextStep(Status(.internal, "")) == nil)
    }
}
