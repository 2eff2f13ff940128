import LinekeeperProto
import LinekeeperTestSupport

/// The numbers and agents in a database file.
struct StoredState: Sendable {
    private struct Row: Sendable {
        let id: String
        let workspace: String
        let number: NumberState
    }

    private let numbers: [String: Row]
    private let agents: [String: AgentState]

    init(_ file: StoreFile) throws {
        let numbers = try file.rows(
            """
            SELECT e164, number_id, w.workspace_id, i.agent_id, o.agent_id, s.agent_id,
                outbound_enabled
            FROM number n JOIN workspace w ON w.workspace_key = n.workspace_key
            LEFT JOIN agent i ON i.agent_key = inbound_agent
            LEFT JOIN agent o ON o.agent_key = outbound_agent
            LEFT JOIN agent s ON s.agent_key = sms_agent
            """)
        self.numbers = Dictionary(
            uniqueKeysWithValues: numbers.map { row in
                let agents = zip(Use.allCases, row[3...5]).filter { !$1.isEmpty }
                return (
                    row[0],
                    Row(
                        id: row[1], workspace: row[2],
                        number: NumberState(
                            agents: Dictionary(uniqueKeysWithValues: agents),
                            isEnabled: row[6] == "1"))
                )
            })
        let agents = try file.rows("SELECT agent_id, name, status FROM agent")
        self.agents = Dictionary(
            uniqueKeysWithValues: agents.map {
                ($0[0], AgentState(name: $0[1], isPublished: $0[2] == "2"))
            })
    }

    /// What a worker owns: its numbers begin like its first one, its agents with its name.
    func part(of worker: CrashWorker) async -> WorkerState {
        let (numberPrefix, agentPrefix) = (worker.numberPrefix, worker.name + ".")
        return WorkerState(
            numbers: numbers.filter { $0.key.hasPrefix(numberPrefix) }.mapValues(\.number),
            agents: agents.filter { $0.key.hasPrefix(agentPrefix) })
    }

    /// Asks the hot calls, which answer from memory, about everything in the file; answers where they
    /// say something else.
    func differences(from server: Wire) throws -> [String] {
        var questions: [Question] = []
        for (e164, row) in numbers {
            for channel in [Proto.Channel.voice, .sms] {
                questions.append(inbound(e164, row, channel))
            }
            if let agent = row.number.agents[.outbound] {
                questions.append(outbound(e164, row, agent))
            }
            if let agent = row.number.agents[.sms] { questions.append(sender(row, agent)) }
        }
        var differences: [String] = []
        for batch in stride(from: 0, to: questions.count, by: 128) {
            let asked = questions[batch..<min(batch + 128, questions.count)]
            try server.send(
                asked.indices.flatMap { index in
                    Proto.Frame.request(
                        UInt64(index + 1), questions[index].method, questions[index].payload
                    ).framed
                })
            for _ in asked {
                let (callID, response) = try server.response()
                let question = questions[Int(callID) - 1]
                let answer = try question.read(response)
                guard answer != question.expected else { continue }
                differences.append("\(question.about): \(answer), not \(question.expected)")
            }
        }
        return differences
    }

    /// A call, and what the file says that its answer must be.
    private struct Question {
        let about: String
        let method: String
        let payload: [UInt8]
        let expected: String
        let answer: ([UInt8]) throws -> String

        func read(_ response: Proto.Response) throws -> String {
            if let status = response.status, status.code != 0 { return status.detail?.reason ?? "" }
            return try answer(response.payload)
        }
    }

    private func inbound(_ e164: String, _ row: Row, _ channel: Proto.Channel) -> Question {
        let agent = row.number.agents[channel == .sms ? .sms : .inbound]
        return Question(
            about: "\(channel) to \(e164)", method: Method.assignment("RouteInbound"),
            payload: Proto.RouteInboundRequest.with {
                $0.calledE164 = e164
                $0.channel = channel
            }.encoded(),
            expected: agent.map { expected(row, agent: $0) } ?? "NOT_ASSIGNED"
        ) { bytes in
            let answer = try Proto.RouteInboundResponse(decoding: bytes)
            return "\(answer.numberID) \(answer.agentID)"
        }
    }

    private func outbound(_ e164: String, _ row: Row, _ agent: String) -> Question {
        var expected = expected(row, agent: agent)
        if !row.number.isEnabled { expected = "OUTBOUND_DISABLED" }
        return Question(
            about: "call from \(e164)", method: Method.assignment("AuthorizeOutbound"),
            payload: Proto.AuthorizeOutboundRequest.with {
                $0.workspaceID = row.workspace
                // By its number: by its agent, a draft would be refused before the toggle is asked.
                $0.fromE164 = e164
                $0.toE164 = "+12125550100"
            }.encoded(), expected: expected
        ) { bytes in
            let answer = try Proto.AuthorizeOutboundResponse(decoding: bytes)
            return "\(answer.numberID) \(answer.agentID)"
        }
    }

    private func sender(_ row: Row, _ agent: String) -> Question {
        Question(
            about: "text of \(agent)", method: Method.assignment("ResolveSmsSender"),
            payload: Proto.ResolveSmsSenderRequest.with {
                $0.workspaceID = row.workspace
                $0.agentID = agent
            }.encoded(), expected: expected(row, agent: agent)
        ) { bytes in
            "\(try Proto.ResolveSmsSenderResponse(decoding: bytes).numberID) \(agent)"
        }
    }

    private func expected(_ row: Row, agent: String) -> String {
        agents[agent]?.isPublished == true ? "\(row.id) \(agent)" : "AGENT_NOT_PUBLISHED"
    }
}
