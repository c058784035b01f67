"""What consultation is made of, a table or a few in each file."""

from firsthand.consultation.models.surveys import Answer as Answer
from firsthand.consultation.models.surveys import InvitationCode as InvitationCode
from firsthand.consultation.models.surveys import Question as Question
from firsthand.consultation.models.surveys import Survey as Survey
from firsthand.consultation.models.surveys import Surveyor as Surveyor
from firsthand.consultation.models.surveys import SurveyTrail as SurveyTrail
