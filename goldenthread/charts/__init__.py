"""The pictures: pure functions from figures to SVG, the same on a page, in a PDF and in Word.

Attributes only: no styles, scripts or fonts of their own, so that a strict page and a typesetter both take them. Each
has ``role="img"``, a title and a description; whoever shows one puts its table beside it.

>>> picture = sparkline([Decimal(3), None, Decimal(5)], label="Sickness, last three quarters")
>>> picture.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1040 280"')
True
"""

from decimal import Decimal

from goldenthread.charts.bars import Bar, bars
from goldenthread.charts.bullet import bullet
from goldenthread.charts.drawing import NARROW, WIDE
from goldenthread.charts.run import RunPoint, run_chart
from goldenthread.charts.sparkline import sparkline

__all__ = ["NARROW", "WIDE", "Bar", "Decimal", "RunPoint", "bars", "bullet", "run_chart", "sparkline"]
