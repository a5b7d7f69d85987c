namespace StackHub.Functions.Invocation;

/// <summary>
/// What the host understands: a JSON object is success and any error status is failure. An empty body, or 204, would leave the
/// invocation open until the host gives up and ends the process.
/// </summary>
internal static class InvocationAnswer
{
    private static readonly byte[] Done = """{"Outputs":{},"Logs":[],"ReturnValue":null}"""u8.ToArray();

    public static Task SucceedAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status200OK, Done);

    /// <summary>The host ignores the body of a failure; the reason is in our own log.</summary>
    public static Task FailAsync(HttpContext context, int status = StatusCodes.Status500InternalServerError) => WriteAsync(context, status, "{}"u8.ToArray());

    private static Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, CancellationToken.None).AsTask();
    }
}
