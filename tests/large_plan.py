"""An invented plan of the size of Canada's sixth, for the tests of what reads and writes whole plans."""

from __future__ import annotations

from typing import Any


def large() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a plan of the size of Canada's sixth: 30 commitments, 150 indicators, 8 periods, 1,200 reports."""
    periods = [
        {
            "code": f"{year}-H{half}",
            "start": f"{year}-{first}",
            "end": f"{year}-{last}",
            "due": f"{year + half - 1}-{due}",
        }
        for year in range(2022, 2026)
        for half, first, last, due in ((1, "01-01", "06-30", "07-30"), (2, "07-01", "12-31", "01-30"))
    ]
    commitments = []
    for number in range(1, 31):
        codes = [f"{number}.{n}" for n in range(1, 6)]
        commitments.append(
            {
                **{
                    "number": str(number),
                    "stage": "final",
                    "title": f"Promise about subject {number}",
                    "lead": ["Sample Water Department"],
                },
                "milestones": [
                    {"code": code, "title": "It is reached", "deadline": "2025-06-30"} for code in codes
                ],
                "indicators": [
                    {
                        "code": code,
                        "milestone": code,
                        "title": "How far",
                        "deadline": "2025-06-30",
                        "lead": "id-of-water",
                    }
                    for code in codes
                ],
                "reports": [
                    {
                        "indicator": code,
                        "period": period["code"],
                        "status": "LP",
                        "progress": "Some do.",
                        "challenges": "Few staff.",
                    }
                    for code in codes
                    for period in periods
                ],
            }
        )
    return {
        "name": "large",
        "title": "Large plan",
        "plan_number": 6,
        "country": "CA",
        "periods": periods,
    }, commitments
