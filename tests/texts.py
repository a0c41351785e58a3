"""A small resolution in two languages; {number} is that of its symbol."""

from __future__ import annotations

ENGLISH = """A/RES/{number}
On banks and schools

The General Assembly,

Recalling that banks lend money to migrants in many countries and that they do so for a fee which is often high,

1. Calls upon all banks to lower the fees that migrants pay when they send remittances to their families at home:

(a) By 3 per cent before the year 2030, in every corridor and in each of the countries that migrants send money to;

(b) By more in the schools of the regions in which migrant children live together with their parents and families;

2. Requests the Secretary-General to report on borders and on trafficking in persons at its next session in 2031.
"""
CHINESE = """A/RES/{number}
银行和学校

大会，

回顾银行向许多国家的移民提供贷款，并为此收取往往很高的费用，

1. 促请所有银行降低移民向国内家人汇款时支付的费用：

(a) 在2030年之前在每个汇款走廊和移民汇款的每个国家降低3%；

(b) 在移民儿童与父母和家人共同生活的地区的学校降低更多；

2. 请秘书长在2031年下届会议上报告边界和贩运人口问题。
"""
