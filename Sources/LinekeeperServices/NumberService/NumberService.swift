import LinekeeperCore
import LinekeeperProto
public import LinekeeperRPC

/// NumberService: a workspace's numbers, messages, credits and audit log.
public struct NumberService: Sendable {
    let context: ServiceContext
    /// Does at carriers what is asked for here; `nil`: left to the runner.
    let tasks: CarrierTasks?

    static let path = "/linekeeper.v1.NumberService/"

    /// The service.
    public init(context: ServiceContext, tasks: CarrierTasks? = nil) {
        self.context = context
        self.tasks = tasks
    }

    /// Adds the service's methods.
    public func register(in methods: inout MethodTable) {
        registerListing(in: &methods)
        registerChanges(in: &methods)
        registerAcquisition(in: &methods)
        registerMessages(in: &methods)
        registerCredits(in: &methods)
        registerEvents(in: &methods)
    }
}
