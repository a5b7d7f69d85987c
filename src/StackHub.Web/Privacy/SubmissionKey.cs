using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using StackHub.Web.Idempotency;

namespace StackHub.Web.Privacy;

/// <summary>What tells one submission from another: the caller's key, so that what a crash cut off is the same when it comes again; else chance.</summary>
internal static class SubmissionKey
{
    private const int Size = 16;

    public static string Of(HttpContext context) =>
        context.Request.Headers[PostOnce.Header] is [{ Length: > 0 } given] ? given : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Size));
}
