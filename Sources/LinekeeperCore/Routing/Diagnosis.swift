/// What is known of a number when somebody asks why it does not work.
///
/// The routing facts are those that the hot calls decide on, so that the checklist explains their
/// answers and not what a copy in the store would make of them.
public struct Diagnosis: Sendable {
    /// What is known of the carrier connection that a number came through.
    public enum Connection: Hashable, Sendable {
        /// The number was bought here: the platform's own account carries it.
        case platform
        /// The number refers to a connection that is not there.
        case missing
        case present(name: String, ConnectionRecord.Status)
    }

    /// What the carrier itself has said of a number.
    public enum CarrierAnswer: Hashable, Sendable {
        /// It was not to be asked.
        case notAsked
        /// It has no API, or this server no account there.
        case cannotBeAsked
        /// It did not answer, or not in a way that can be read; the words say why.
        case noAnswer(String)
        /// The account does not hold the number.
        case absent
        /// The account holds it. `isManaged`: whether its webhooks point here; `nil` where nobody knows
        /// the addresses under which carriers reach this platform.
        case present(inactiveReason: String?, isManaged: Bool?, webhooks: WebhookURLs)
    }

    /// What a bought number costs and what there is to pay it with.
    public struct Credits: Hashable, Sendable {
        public var monthlyCost: Int64
        public var balance: Int64

        /// A month's price and the workspace's balance.
        public init(monthlyCost: Int64, balance: Int64) {
            self.monthlyCost = monthlyCost
            self.balance = balance
        }
    }

    let number: NumberFacts
    let workspace: WorkspaceFacts
    let connection: Connection
    let credits: Credits
    let carrier: CarrierAnswer
    /// Whether the agent of a binding is still known.
    let knows: @Sendable (AgentBinding) -> Bool

    /// - Parameters:
    ///   - carrier: What the carrier itself has said.
    ///   - knows: Whether the agent that a number names is still there.
    public init(
        number: NumberFacts, workspace: WorkspaceFacts, connection: Connection, credits: Credits,
        carrier: CarrierAnswer, knows: @escaping @Sendable (AgentBinding) -> Bool
    ) {
        self.number = number
        self.workspace = workspace
        self.connection = connection
        self.credits = credits
        self.carrier = carrier
        self.knows = knows
    }

    /// The checklist of a use, in the order in which a call would be stopped.
    public func checks(for use: Profile) -> [DiagnosisCheck] {
        let all: [DiagnosisCheck?] =
            switch use {
            case .inbound, .sms:
                [numberActive, capability(use)] + assignment(use)
                    + [use == .sms ? configured(use) : nil, fallback(use), webhooksManaged]
            case .outbound:
                [numberActive, outboundLock, outboundEnabled] + assignment(use)
                    + [configured(use), capability(use), destinations]
            }
        return (all + [connectionValid, use == .sms ? nil : region, creditsCovered])
            .compactMap { $0 }
    }

    /// The checklist of a number that is not held any more: nothing else is worth checking.
    public static func checks(ofGone status: NumberStatus) -> [DiagnosisCheck] {
        [numberActive(status)]
    }
}

// The agent.
extension Diagnosis {
    private func assignment(_ use: Profile) -> [DiagnosisCheck?] {
        guard let agent = number[use] else {
            let waits = "It follows from the assignment, which is missing."
            return [
                .fail(
                    .assigned, "No agent holds the number's \(use.word) profile.",
                    "Assign an agent with UpdateAssignments."),
                .unknown(.agentExists, waits, "Assign an agent first."),
                .unknown(.agentPublished, waits, "Assign an agent first."),
            ]
        }
        let assigned = DiagnosisCheck.pass(
            .assigned, "\(agent.name) (\(agent.idText)) holds the \(use.word) profile.")
        guard knows(agent) else {
            return [
                assigned,
                .fail(
                    .agentExists, "The agent is not known here any more.",
                    "Assign another agent, or put this one again with PutAgents."),
                .unknown(.agentPublished, "It cannot be told of an unknown agent.", "See above."),
            ]
        }
        return [assigned, .pass(.agentExists, "The agent is known."), published(agent)]
    }

    private func published(_ agent: AgentBinding) -> DiagnosisCheck {
        switch agent.status {
        case .published: .pass(.agentPublished, "The agent is published.")
        case .draft:
            .fail(
                .agentPublished, "The agent is a draft, and drafts serve no calls or messages.",
                "Publish it in the agent builder.")
        case .inactive:
            .fail(
                .agentPublished, "The agent is inactive.",
                "Activate it in the agent builder, or assign another agent.")
        }
    }

    private func configured(_ use: Profile) -> DiagnosisCheck {
        let matter = use == .sms ? "messaging" : "outbound calling"
        guard let agent = number[use] else {
            return .unknown(
                .agentConfigured, "It follows from the assignment, which is missing.",
                "Assign an agent first.")
        }
        switch use == .sms ? agent.smsEnabled : agent.outboundConfigured {
        case true?: return .pass(.agentConfigured, "The agent is set up for \(matter).")
        case false?:
            return .fail(
                .agentConfigured, "The agent is not set up for \(matter).",
                "Finish its configuration in the agent builder.")
        case nil:
            return .unknown(
                .agentConfigured, "The agent builder has not said whether \(matter) is set up.",
                "Look there; it does not stop anything here.")
        }
    }

    private func fallback(_ use: Profile) -> DiagnosisCheck {
        let who = use == .sms ? "Senders" : "Callers"
        switch number.extras?.fallback {
        case .agent(let agent):
            guard agent.status == .published, knows(agent) else {
                return .fail(
                    .fallback, "The fallback agent \(agent.name) could not answer.",
                    "Publish it, or set another fallback with UpdateNumber.")
            }
            return .pass(.fallback, "\(agent.name) answers when the agent cannot.")
        case .forward(let target):
            return .pass(.fallback, "\(target) is called when the agent cannot answer.")
        case .reject:
            return .pass(.fallback, "\(who) are rejected when the agent cannot answer.")
        case nil:
            guard let agent = number[use], agent.status == .published, knows(agent) else {
                return .fail(
                    .fallback, "The agent cannot answer, and there is no fallback.",
                    "Put the agent right, or set a fallback with UpdateNumber.")
            }
            return .pass(.fallback, "None is set; none is needed while the agent answers.")
        }
    }
}
