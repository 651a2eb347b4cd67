import Batching
import Testing

@testable import Simulation

@Suite struct SimulationTests {
    @Test func aPlanAlwaysComesToTheSame() throws {
        var plan = SimulationPlan(try DeviceCurve(fixed: 20, perFrame: 10))
        plan.sessions = 12
        plan.seconds = 20
        let report = try Simulation.run(plan)
        #expect(try Simulation.run(plan) == report)
        plan.seed = 2
        #expect(try Simulation.run(plan) != report)
    }

}
