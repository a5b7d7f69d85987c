using StackHub.Testing.Storage;

namespace StackHub.Functions.Tests;

/// <summary>
/// Azure's pay-as-you-go list prices in US dollars, as published in July 2026 (tables: any operation, locally redundant; queues: class 1 and
/// 2; Flex Consumption: on demand executions, without the monthly free grant). Execution time is not in it: it can only be measured there.
/// </summary>
internal static class AzurePrices
{
    private const double TableOperation = 0.00036 / 10_000;
    private const double QueueOperation = 0.0004 / 10_000;
    private const double Execution = 0.40 / 1_000_000;

    /// <param name="executions">Webhooks taken and messages handled.</param>
    public static double Of(OperationCounts counts, long queueOperations, long executions) =>
        counts["table"] * TableOperation + queueOperations * QueueOperation + executions * Execution;
}
